import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledCorrelation } from '#sigma/link.js';
import { parseSigma } from '#sigma/parse.js';
import { evaluate, type Member } from './correlation.js';
import { settlingTime } from './correlation-settling.js';
import { compileRuleset } from './ruleset.js';

/** A step that happened, with the events behind it. */
type Step = { rank: number; time: number; order: string; weight: number; value?: string | number; events: Member[] };
/** Whether the steps in a window fulfil a condition; `all` are those outside it too, `T` the time span in seconds. */
type Holds = (window: Step[], all: Step[]) => boolean;
type Reading = (all: Member[]) => Step[];

const T = 7;
const span = T * 1000;

const before = (a: Step, b: Step) =>
  a.time !== b.time ? a.time < b.time : a.order !== b.order ? a.order < b.order : a.rank > b.rank;
const inTime = (steps: Step[]) => steps.toSorted((a, b) => (before(a, b) ? -1 : 1));

/** The windows of the words: for each step, what happened up to it and not more than the time span before. */
function windows(steps: Step[], holds: Holds, counted: (rank: number) => boolean): Step[][] {
  const evidence = inTime(steps).filter(({ rank }) => counted(rank));
  const all = evidence.map((end) => evidence.filter((it) => !before(end, it) && end.time - it.time <= span));
  return all.filter((window) => holds(window, steps));
}

const eventsOf = (steps: Step[]) => {
  const found = [...new Set(steps.flatMap(({ events }) => events))];
  return found.sort((a, b) => a.time - b.time || (a.order < b.order ? -1 : Number(a.order > b.order)));
};

/** Windows that share a step are one episode. */
function episodes(found: Step[][]): Member[][] {
  const joined: Step[][] = [];
  for (const window of found) {
    const last = joined.at(-1);
    if (last && window.some((it) => last.includes(it))) last.push(...window.filter((it) => !last.includes(it)));
    else joined.push([...window]);
  }
  return joined.map(eventsOf);
}

const matches =
  (...names: string[]): Reading =>
  (members) =>
    members.flatMap((member) => {
      const { time, order, weight = 1, value } = member;
      return names.flatMap((name, rank) =>
        member.rule === name ? [{ rank, time, order, weight, value, events: [member] }] : [],
      );
    });

const total = (steps: Step[]) => steps.reduce((sum, { weight }) => sum + weight, 0);
const distinct = (values: unknown[]) => new Set(values.filter((it) => it !== undefined)).size;
const ranks = (steps: Step[]) => distinct(steps.map(({ rank }) => rank));
const numbers = (steps: Step[]) =>
  steps
    .flatMap(({ value, weight }) => (typeof value === 'number' ? Array.from({ length: weight }, () => value) : []))
    .sort((a, b) => a - b);
const sum = (values: number[]) => values.reduce((one, other) => one + other, 0);
const some = (values: number[], holds: (values: number[]) => boolean) => values.length > 0 && holds(values);

function percentile(values: number[], p: number): number {
  const at = ((values.length - 1) * p) / 100;
  const low = values[Math.floor(at)]!;
  return low + (at - Math.floor(at)) * (values[Math.ceil(at)]! - low);
}

function share(window: Step[]): number {
  const { value } = window.at(-1)!;
  return (
    (100 * total(window.filter((it) => it.value === value))) / total(window.filter((it) => it.value !== undefined))
  );
}

const subsets = (of: number[]): number[][] =>
  of.length === 0 ? [[]] : subsets(of.slice(1)).flatMap((rest) => [rest, [of[0]!, ...rest]]);

/** All sequences of steps with these ranks, one after the other. */
function sequences(steps: Step[], [rank, ...rest]: number[]): Step[][] {
  if (rank === undefined) return [[]];
  return steps.flatMap((first, at) =>
    first.rank === rank ? sequences(steps.slice(at + 1), rest).map((others) => [first, ...others]) : [],
  );
}

const longest = (window: Step[]) =>
  Math.max(...subsets([0, 1, 2]).flatMap((wanted) => (sequences(window, wanted).length > 0 ? [wanted.length] : [])));

/** Temporal: the newest of each in the window; nothing negated in a time frame that holds them. */
const way =
  (present: number[], absent: number[]): Holds =>
  (window, all) => {
    const newest = present.map((wanted) => window.findLast(({ rank }) => rank === wanted));
    const found = newest.filter((it) => it !== undefined).map(({ time }) => time);
    if (found.length < present.length) return false;
    const [first, last] = [Math.min(...found), Math.max(...found)];
    return !all.some(({ rank, time }) => absent.includes(rank) && time >= last - span && time <= first + span);
  };

/** Ordered: of the sequences in the window without a negated step inside, the one that ends and begins last. */
const orderedWay =
  (present: number[], absent: number[]): Holds =>
  (window, all) => {
    const against = all.filter(({ rank }) => absent.includes(rank));
    const broken = (sequence: Step[]) =>
      sequence
        .slice(1)
        .some((next, at) =>
          against.some(
            (it) =>
              it.rank > sequence[at]!.rank && it.rank < next.rank && before(sequence[at]!, it) && before(it, next),
          ),
        );
    const whole = sequences(window, present).filter((it) => !broken(it));
    const newest = whole.reduce<Step[] | null>((best, it) => {
      if (!best || before(best.at(-1)!, it.at(-1)!)) return it;
      return best.at(-1) === it.at(-1) && before(best[0]!, it[0]!) ? it : best;
    }, null);
    if (!newest) return false;
    const [first, last] = [newest[0]!, newest.at(-1)!];
    return !against.some(
      (it) =>
        (it.rank < first.rank && before(it, first) && it.time >= last.time - span) ||
        (it.rank > last.rank && before(last, it) && it.time <= first.time + span),
    );
  };

const anyOf =
  (...ways: Holds[]): Holds =>
  (window, all) =>
    ways.some((one) => one(window, all));

const everything = () => true;
const only =
  (...wanted: number[]) =>
  (rank: number) =>
    wanted.includes(rank);

const abc = 'rules: [a, b, c]';
const plain: [section: string, holds: Holds, counted?: (rank: number) => boolean][] = [
  [`type: event_count, ${abc}, condition: { gte: 4 }`, (it) => total(it) >= 4],
  [`type: event_count, ${abc}, condition: { gt: 2, lte: 4 }`, (it) => total(it) > 2 && total(it) <= 4],
  [`type: event_count, ${abc}, condition: { neq: 3 }`, (it) => total(it) !== 3],
  [`type: value_count, ${abc}, condition: { field: x, gte: 3 }`, (it) => distinct(it.map(({ value }) => value)) >= 3],
  [`type: value_count, ${abc}, condition: { field: x, eq: 2 }`, (it) => distinct(it.map(({ value }) => value)) === 2],
  [`type: value_sum, ${abc}, condition: { field: x, gt: 10 }`, (it) => some(numbers(it), (all) => sum(all) > 10)],
  [
    `type: value_sum, ${abc}, condition: { field: x, gte: 1, lt: 6 }`,
    (it) => some(numbers(it), (all) => sum(all) >= 1 && sum(all) < 6),
  ],
  [
    `type: value_avg, ${abc}, condition: { field: x, lte: 1.5 }`,
    (it) => some(numbers(it), (all) => sum(all) <= 1.5 * all.length),
  ],
  [
    `type: value_median, ${abc}, condition: { field: x, eq: 2.5 }`,
    (it) => some(numbers(it), (all) => percentile(all, 50) === 2.5),
  ],
  ...[0, 25, 50, 100].map((p): [string, Holds] => [
    `type: value_percentile, ${abc}, condition: { field: x, percentile: ${p}, gte: 2 }`,
    (it) => some(numbers(it), (all) => percentile(all, p) >= 2),
  ]),
  [
    `type: value_percentile, ${abc}, condition: { field: x, lte: 25 }`,
    (it) => it.at(-1)!.value !== undefined && share(it) <= 25,
  ],
  [`type: temporal, ${abc}`, (it) => ranks(it) === 3],
  [`type: temporal, ${abc}, condition: { gte: 2 }`, (it) => ranks(it) >= 2],
  [`type: temporal, ${abc}, condition: a or b and c`, anyOf(way([0], []), way([1, 2], []))],
  ['type: temporal, rules: [a, b], condition: a and not b', way([0], [1]), only(0)],
  [`type: temporal, ${abc}, condition: a and c and not b`, way([0, 2], [1]), only(0, 2)],
  [`type: temporal, ${abc}, condition: not (b or not c) or a`, anyOf(way([2], [1]), way([0], [])), only(0, 2)],
  [
    `type: temporal, ${abc}, condition: (a or b) and not (a and b) and not c`,
    anyOf(way([0], [1, 2]), way([1], [0, 2])),
    only(0, 1),
  ],
  [`type: temporal_ordered, ${abc}`, (it) => longest(it) === 3],
  [`type: temporal_ordered, ${abc}, condition: { eq: 2 }`, (it) => longest(it) === 2],
  [`type: temporal_ordered, ${abc}, condition: (a or b) and c`, anyOf(orderedWay([0, 2], []), orderedWay([1, 2], []))],
  ['type: temporal_ordered, rules: [a, b], condition: a and not b', orderedWay([0], [1]), only(0)],
  ['type: temporal_ordered, rules: [b, a], condition: a and not b', orderedWay([1], [0]), only(1)],
  [`type: temporal_ordered, ${abc}, condition: a and c and not b`, orderedWay([0, 2], [1]), only(0, 2)],
  [`type: temporal_ordered, ${abc}, condition: not a and b and c`, orderedWay([1, 2], [0]), only(1, 2)],
  [`type: temporal_ordered, ${abc}, condition: a and b and not c`, orderedWay([0, 1], [2]), only(0, 1)],
];

/** A chained step: each moment at which the inner condition holds, in each of its own groups. */
const fulfilled =
  (rank: number, reading: Reading, holds: Holds, finer: boolean): Reading =>
  (members) => {
    const groups = Map.groupBy(members, ({ inner }) => (finer ? inner!.inner!.key! : ''));
    return [...groups].flatMap(([key, group]) => {
      if (key === null) return [];
      const own = group.map((it): Member => ({ ...it, value: it.inner?.inner?.value }));
      const back = new Map(own.map((it, at) => [it, group[at]!]));
      return windows(reading(own), holds, everything).map((window) => {
        const { time, order, events } = window.at(-1)!;
        const event = back.get(events.at(-1)!)!;
        const all = eventsOf(window).map((it) => back.get(it)!);
        return { rank, time, order, weight: 1, value: event.value, events: all };
      });
    });
  };

const many = 'type: event_count, rules: [a], condition: { gte: 3 }';
const inner = (finer: boolean, rank = 0) => fulfilled(rank, matches('a'), (it) => total(it) >= 3, finer);
const both =
  (...readings: Reading[]): Reading =>
  (members) =>
    readings.flatMap((one) => one(members));
const rankOne: Reading = (members) => matches('b')(members).map((it) => ({ ...it, rank: 1 }));

interface Chain {
  inner: string;
  outer: string;
  reading: Reading;
  holds: Holds;
  counted?: (rank: number) => boolean;
  /** The inner correlation groups as the outer one does. */
  alike?: boolean;
}

const chained: Chain[] = [
  {
    inner: many,
    outer: 'type: temporal_ordered, rules: [inner, b]',
    reading: both(inner(false), rankOne),
    holds: orderedWay([0, 1], []),
    alike: true,
  },
  {
    inner: many,
    outer: 'type: temporal_ordered, rules: [inner, b]',
    reading: both(inner(true), rankOne),
    holds: orderedWay([0, 1], []),
  },
  {
    inner: many,
    outer: 'type: event_count, rules: [inner], condition: { gte: 2 }',
    reading: inner(true),
    holds: (it) => total(it) >= 2,
  },
  {
    inner: many,
    outer: 'type: value_count, rules: [inner], condition: { field: x, gte: 2 }',
    reading: inner(true),
    holds: (it) => distinct(it.map(({ value }) => value)) >= 2,
  },
  {
    inner: 'type: value_sum, rules: [a], condition: { field: y, gte: 6 }',
    outer: 'type: value_avg, rules: [inner], condition: { field: x, gte: 2 }',
    reading: fulfilled(0, matches('a'), (it) => some(numbers(it), (all) => sum(all) >= 6), true),
    holds: (it) => some(numbers(it), (all) => sum(all) >= 2 * all.length),
  },
  {
    inner: many,
    outer: 'type: temporal, rules: [b, inner], condition: b and not inner',
    reading: both(matches('b'), inner(true, 1)),
    holds: way([0], [1]),
    counted: only(0),
  },
];

const rule = (name: string) =>
  `title: ${name}\nname: ${name}\nlogsource: { product: p }\ndetection: { s: { a: ${name} }, condition: s }`;
const written = (name: string, section: string) =>
  `title: ${name}\nname: ${name}\ncorrelation: { ${section}, timespan: ${T}s }`;

function compiled(...sections: [name: string, section: string][]): CompiledCorrelation {
  const texts = [...['a', 'b', 'c'].map(rule), ...sections.map(([name, section]) => written(name, section))];
  const { documents, errors } = parseSigma(texts.join('\n---\n'), 'f.yml');
  const ruleset = compileRuleset(documents);
  expect([...errors, ...ruleset.errors]).toEqual([]);
  return ruleset.correlations.get(sections.at(-1)![0])!;
}

const value = fc.oneof({ weight: 6, arbitrary: fc.nat(5) }, fc.constantFrom(undefined, 'text'));
const streams = fc
  .array(
    fc.record({
      time: fc.nat(40),
      // Some events match two rules.
      rules: fc.constantFrom('a', 'a', 'b', 'c', 'ab', 'bc'),
      value,
      weight: fc.constantFrom(1, 1, 1, 2, 3),
      key: fc.constantFrom('x', 'x', 'y', null),
      innerValue: value,
    }),
    { maxLength: 24 },
  )
  .map((events) =>
    events.flatMap(({ time, rules, key, innerValue, ...rest }, index): Member[] => {
      const order = String(index).padStart(3, '0');
      const reads = { inner: { inner: { key, ...(innerValue === undefined ? {} : { value: innerValue }) } } };
      return [...rules].map((name) => ({ rule: name, id: order, order, time: time * 1000, ...rest, ...reads }));
    }),
  );
/** The order of arrival says nothing of the order in which members are given. */
const shuffled = streams.chain((members) =>
  fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length })),
);
const runs = { numRuns: Number(process.env['CORRELATION_RUNS'] ?? 200) };
const summary = (found: Member[][]) => found.map((one) => one.map(({ id, rule: name }) => `${id}${name}`));

describe('against the words of the specification', () => {
  it.each(plain)('%s', (section, holds, counted = everything) => {
    const subject = compiled(['subject', section]);
    const reading = matches(...subject.document.rules);
    fc.assert(
      fc.property(shuffled, ([members, given]) => {
        const expected = windows(reading(members), holds, counted);
        const found = evaluate(subject, given);
        expect(summary(found.map((it) => it.members))).toEqual(summary(episodes(expected)));
        const ends = new Set(expected.map((window) => window.at(-1)!.time));
        for (const { at, first, members: all } of found) {
          expect(ends.has(at)).toBe(true);
          expect(first.time).toBe(all[0]!.time);
        }
      }),
      runs,
    );
  });

  it.each(chained)('$outer, inner: $inner, alike: $alike', (chain) => {
    const { reading, holds, counted = everything } = chain;
    const subject = compiled(['inner', chain.inner], ['subject', chain.outer]);
    const plainly = ({ inner: _, ...rest }: Member): Member => rest;
    const seen = (all: Member[]) => (chain.alike ? all.map(plainly) : all);
    fc.assert(
      fc.property(shuffled, ([members, given]) => {
        const expected = episodes(windows(reading(seen(members)), holds, counted));
        expect(summary(evaluate(subject, seen(given)).map((it) => it.members))).toEqual(summary(expected));
      }),
      runs,
    );
  });
});

describe('what lies out of reach', () => {
  it.each(plain)('changes nothing for %s', (section) => {
    const subject = compiled(['subject', section]);
    fc.assert(
      fc.property(streams, streams, (members, others) => {
        const far = others.map((it) => ({ ...it, id: `f${it.id}`, time: it.time + 40_000 + 2 * span + 1 }));
        const near = evaluate(subject, [...far, ...members]).filter(({ first }) => !first.id.startsWith('f'));
        expect(near).toEqual(evaluate(subject, members));
      }),
      { numRuns: 50 },
    );
  });
});

describe('absence', () => {
  const negated = plain.filter(([section]) => /\bnot\b/.test(section) && !/\bor\b/.test(section));
  const absent = 'type: temporal, rules: [a, c], condition: a and not c';
  const mixed = 'type: temporal, rules: [a, b, c], condition: a and not c or b';
  const cases: [string, ...[string, string][]][] = [
    ...negated.map(([section]): [string, [string, string]] => [section, ['subject', section]]),
    ['counted', ['inner', mixed], ['subject', 'type: event_count, rules: [inner], condition: { eq: 2 }']],
    ['negated', ['inner', absent], ['subject', 'type: temporal, rules: [b, inner], condition: b and not inner']],
    ['followed', ['inner', absent], ['subject', 'type: temporal_ordered, rules: [inner, b]']],
  ];

  it.each(cases)('once known stays, whatever comes later: %s', (_, ...sections) => {
    const subject = compiled(...sections);
    fc.assert(
      fc.property(streams, fc.nat(50), (members, second) => {
        const until = second * 1000;
        const early = members.filter(({ time }) => time <= until);
        const known = evaluate(subject, early, until);
        expect(known).toEqual(evaluate(subject, members, until));
        const final = evaluate(subject, members).map((it) => new Set(it.members));
        for (const found of known) {
          expect(final.some((whole) => found.members.every((it) => whole.has(it)))).toBe(true);
        }
      }),
      runs,
    );
  });

  it.each(cases)('is all known once the settling time has passed: %s', (_, ...sections) => {
    const subject = compiled(...sections);
    fc.assert(
      fc.property(streams, (members) => {
        const last = Math.max(0, ...members.map(({ time }) => time));
        expect(evaluate(subject, members, last + settlingTime(subject))).toEqual(evaluate(subject, members));
      }),
      runs,
    );
  });
});
