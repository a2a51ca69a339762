import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseRules, evaluate, fieldNumber, groupKey, overlaps, range, type Member } from './correlation.js';
import type { CompiledCorrelation } from '#sigma/link.js';
import { parseSigma } from '#sigma/parse.js';
import { compileRuleset } from './ruleset.js';
import { byTime } from './window.js';

const rule = (name: string) =>
  `title: ${name}\nname: ${name}\nlogsource: { product: p }\ndetection: { s: { a: ${name} }, condition: s }`;
const correlation = (name: string, section: string) => `title: ${name}\nname: ${name}\ncorrelation: { ${section} }`;

/** The last of the correlations, compiled together with rules a, b and c. */
function compiled(...sections: [name: string, section: string][]): CompiledCorrelation {
  const texts = [...['a', 'b', 'c'].map(rule), ...sections.map(([name, section]) => correlation(name, section))];
  const { documents, errors } = parseSigma(texts.join('\n---\n'), 'f.yml');
  const ruleset = compileRuleset(documents);
  expect([...errors, ...ruleset.errors]).toEqual([]);
  return ruleset.correlations.get(sections.at(-1)![0])!;
}

let arrival = 0;
const member = (seconds: number, name = 'a', value?: string): Member => {
  const order = String(arrival++).padStart(9, '0');
  return { rule: name, id: order, order, time: seconds * 1000, value };
};
const at = (name: string, ...seconds: number[]) => seconds.map((one) => member(one, name));

const repeated: [string, string] = ['repeated', 'type: event_count, rules: [a], timespan: 1m, condition: { gte: 6 }'];
const broken: [string, string] = ['broken', 'type: temporal_ordered, rules: [repeated, b], timespan: 10m'];

describe('event_count', () => {
  const sixInAMinute = compiled(repeated);
  const findings = (...seconds: number[]) => evaluate(sixInAMinute, at('a', ...seconds));

  it('finds six in a window once', () => {
    const found = findings(0, 1, 2, 3, 4, 5);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ at: 5000, first: { time: 0 }, last: { time: 5000 } });
    expect(found[0]!.members).toHaveLength(6);
  });

  it('extends the same episode up to the hundredth', () => {
    const members = at('a', ...Array.from({ length: 100 }, (_, index) => index * 5));
    const firsts = members.map((_, index) =>
      evaluate(sixInAMinute, members.slice(0, index + 1)).map(({ first }) => first.id),
    );
    expect(firsts.slice(0, 5).flat()).toEqual([]);
    expect(new Set(firsts.slice(5).map(String))).toEqual(new Set([members[0]!.id]));
    expect(evaluate(sixInAMinute, members)[0]!.members).toHaveLength(100);
  });

  it('finds six across the edge of a clock minute', () => {
    expect(findings(50, 54, 58, 62, 66, 70)).toHaveLength(1);
  });

  it('finds nothing where no window holds six', () => {
    expect(findings(0, 13, 26, 39, 52, 65)).toEqual([]);
  });

  it('counts a member exactly one time span later, and none after', () => {
    expect(findings(0, 1, 2, 3, 4, 60)).toHaveLength(1);
    expect(findings(0, 1, 2, 3, 4, 60.001)).toEqual([]);
  });

  it('makes two episodes of two bursts', () => {
    expect(findings(0, 1, 2, 3, 4, 5, 200, 201, 202, 203, 204, 205).map(({ first }) => first.time)).toEqual([
      0, 200_000,
    ]);
  });

  it('does not mind the order in which members come', () => {
    const members = at('a', 5, 3, 1, 4, 0, 2);
    expect(evaluate(sixInAMinute, members)).toEqual(evaluate(sixInAMinute, members.toReversed()));
  });

  it('is found whatever else is still to come', () => {
    expect(evaluate(sixInAMinute, at('a', 0, 1, 2, 3, 4, 5), 1000)).toHaveLength(1);
  });

  it('counts what a member stands for', () => {
    expect(evaluate(sixInAMinute, [member(0), { ...member(1), weight: 5 }])).toHaveLength(1);
  });

  it('leaves out members of other rules', () => {
    expect(evaluate(sixInAMinute, [...at('a', 0, 1, 2, 3, 4), ...at('b', 5)])).toEqual([]);
  });
});

describe('value_count', () => {
  const spray = compiled(['spray', 'type: value_count, rules: [a], timespan: 1m, condition: { field: user, gte: 3 }']);
  const findings = (...values: string[]) =>
    evaluate(
      spray,
      values.map((value, index) => member(index, 'a', value)),
    );

  it('counts different values', () => {
    expect(findings('x', 'y', 'x', 'y')).toEqual([]);
    expect(findings('x', 'y', 'x', 'z')).toMatchObject([{ at: 3000 }]);
  });
});

describe('temporal', () => {
  it('wants each rule in any order', () => {
    const all = compiled(['t', 'type: temporal, rules: [a, b, c], timespan: 1m']);
    expect(evaluate(all, [...at('c', 0), ...at('a', 1), ...at('b', 60)])).toHaveLength(1);
    expect(evaluate(all, [...at('c', 0), ...at('a', 1), ...at('b', 61)])).toEqual([]);
  });

  it('may want only some of the rules', () => {
    const some = compiled(['t', 'type: temporal, rules: [a, b, c], timespan: 1m, condition: { gte: 2 }']);
    expect(evaluate(some, [...at('c', 0), ...at('a', 1)])).toHaveLength(1);
  });
});

describe('temporal_ordered', () => {
  const ordered = compiled(['t', 'type: temporal_ordered, rules: [a, b], timespan: 1m']);

  it('wants the order given', () => {
    expect(evaluate(ordered, [...at('a', 0), ...at('b', 1)])).toHaveLength(1);
    expect(evaluate(ordered, [...at('b', 0), ...at('a', 1)])).toEqual([]);
  });

  it('takes the order of arrival for equal times', () => {
    expect(evaluate(ordered, [...at('a', 0), ...at('b', 0)])).toHaveLength(1);
    expect(evaluate(ordered, [...at('b', 0), ...at('a', 0)])).toEqual([]);
  });

  it('does not let one event follow itself', () => {
    const one = member(0, 'a');
    expect(evaluate(ordered, [one, { ...one, rule: 'b' }])).toEqual([]);
  });
});

describe('a sequence over a correlation', () => {
  const success = compiled(repeated, broken);
  const failures = [0, 1, 2, 3, 4, 5];

  it('finds a success after repeated failures, with all its members', () => {
    const found = evaluate(success, [...at('a', ...failures), ...at('b', 30)]);
    expect(found).toMatchObject([{ at: 30_000, first: { rule: 'a', time: 0 }, last: { rule: 'b' } }]);
    expect(found[0]!.members).toHaveLength(7);
  });

  it('measures the time from the moment the threshold was reached', () => {
    expect(evaluate(success, [...at('a', ...failures), ...at('b', 605)])).toHaveLength(1);
    expect(evaluate(success, [...at('a', ...failures), ...at('b', 606)])).toEqual([]);
  });

  it('finds nothing when the success comes before the sixth failure', () => {
    expect(evaluate(success, [...at('a', 0, 1, 2, 3, 4), ...at('b', 4.5), ...at('a', 5)])).toEqual([]);
  });

  it('looks back over both time spans and knows its base rules', () => {
    expect(range(success)).toBe(660_000);
    expect(baseRules(success)).toEqual(['a', 'b']);
  });
});

/** What a correlation means, written without any cleverness: judge the window that ends at each member, join what overlaps. */
function reference(members: Member[], timespan: number, holds: (window: Member[]) => boolean): Member[][] {
  const sorted = members.toSorted(byTime);
  const episodes: Member[][] = [];
  for (const end of sorted) {
    const window = sorted.filter((it) => byTime(it, end) <= 0 && end.time - it.time <= timespan);
    if (!holds(window)) continue;
    const last = episodes.at(-1);
    if (last && window.some((it) => last.includes(it))) last.push(...window.filter((it) => !last.includes(it)));
    else episodes.push([...window]);
  }
  return episodes.map((one) => one.sort(byTime));
}

const follows = (window: Member[], names: string[]): boolean => {
  const [name, ...rest] = names;
  if (name === undefined) return true;
  return window.some((it, index) => it.rule === name && follows(window.slice(index + 1), rest));
};
const distinct = <T>(values: T[]) => new Set(values).size;

const types: [string, (window: Member[]) => boolean][] = [
  ['type: event_count, rules: [a, b, c], condition: { gte: 4 }', (window) => window.length >= 4],
  [
    'type: event_count, rules: [a, b, c], condition: { gt: 2, lte: 4 }',
    (window) => window.length > 2 && window.length <= 4,
  ],
  [
    'type: value_count, rules: [a, b, c], condition: { field: x, gte: 3 }',
    (window) => distinct(window.map((it) => it.value)) >= 3,
  ],
  ['type: temporal, rules: [a, b, c]', (window) => distinct(window.map((it) => it.rule)) === 3],
  ['type: temporal_ordered, rules: [a, b, c]', (window) => follows(window, ['a', 'b', 'c'])],
];

/** Streams with ties in time, in any order of arrival. */
const streams = fc
  .array(fc.tuple(fc.nat(40), fc.constantFrom('a', 'b', 'c'), fc.constantFrom('u', 'v', 'w')), { maxLength: 30 })
  .map((steps) =>
    steps.map(([time, name, value], index): Member => {
      const order = String(index).padStart(3, '0');
      return { rule: name, id: order, order, time: time * 1000, value };
    }),
  );

describe.each(types)('%s', (section, holds) => {
  const subject = compiled(['subject', `${section}, timespan: 7s`]);

  it('finds what the brute-force reference finds', () => {
    fc.assert(
      fc.property(streams, (members) => {
        expect(evaluate(subject, members).map((it) => it.members)).toEqual(reference(members, 7000, holds));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every anchor as members follow in order', () => {
    fc.assert(
      fc.property(streams, (members) => {
        const sorted = members.toSorted(byTime);
        const final = evaluate(subject, sorted);
        for (let count = 0; count <= sorted.length; count++) {
          const seen = new Set(sorted.slice(0, count));
          const found = evaluate(subject, sorted.slice(0, count)).map(({ first, at: time }) => [first.id, time]);
          const begun = final
            .filter((it) => reachedWithin(it.at, seen, sorted))
            .map(({ first, at: time }) => [first.id, time]);
          expect(begun.slice(0, found.length)).toEqual(found);
          expect(begun.length - found.length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Whether the moment may lie within the members seen so far (of equal times some may still be missing). */
const reachedWithin = (time: number, seen: Set<Member>, sorted: Member[]) =>
  sorted.some((it) => it.time === time && seen.has(it));

describe('a chained correlation', () => {
  const chained = compiled(
    ['inner', 'type: event_count, rules: [a], timespan: 7s, condition: { gte: 3 }'],
    ['outer', 'type: temporal_ordered, rules: [inner, b], timespan: 9s'],
  );

  it('finds what the brute-force reference finds', () => {
    fc.assert(
      fc.property(streams, (members) => {
        const sorted = members.toSorted(byTime);
        const inner = sorted.flatMap((end) => {
          const window = sorted.filter((it) => it.rule === 'a' && byTime(it, end) <= 0 && end.time - it.time <= 7000);
          return end.rule === 'a' && window.length >= 3 ? [{ end, window }] : [];
        });
        const pulses = new Map(inner.map(({ end, window }) => [end.id, window]));
        const steps = sorted.filter((it) => it.rule === 'b' || pulses.has(it.id));
        const episodes = reference(steps, 9000, (window) => follows(window, ['a', 'b']));
        const expected = episodes.map((one) =>
          [...new Set(one.flatMap((it) => pulses.get(it.id) ?? [it]))].sort(byTime),
        );
        expect(evaluate(chained, members).map((it) => it.members)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every anchor as members follow in order', () => {
    fc.assert(
      fc.property(streams, (members) => {
        const sorted = members.toSorted(byTime);
        const final = evaluate(chained, sorted).map(({ first }) => first.id);
        for (let count = 0; count <= sorted.length; count++) {
          const found = evaluate(chained, sorted.slice(0, count)).map(({ first }) => first.id);
          expect(final.slice(0, found.length)).toEqual(found);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('an episode longer than what is looked at', () => {
  it('is recognised by its overlap with the one found earlier', () => {
    const subject = compiled(repeated);
    const members = at('a', ...Array.from({ length: 60 }, (_, index) => index * 5));
    const [earlier] = evaluate(subject, members.slice(0, 59));
    const newest = members.at(-1)!;
    const [now] = evaluate(
      subject,
      members.filter((it) => newest.time - it.time <= range(subject)),
    );
    expect(now!.first).not.toEqual(earlier!.first);
    expect(overlaps(now!, earlier!)).toBe(true);
  });
});

describe('two stretches of time', () => {
  const stretch = (from: number, to: number) => ({ first: member(from), last: member(to) });

  it.each<[[number, number], [number, number], boolean]>([
    [[0, 5], [3, 9], true],
    [[3, 9], [0, 5], true],
    [[0, 9], [3, 5], true],
    [[3, 5], [0, 9], true],
    [[0, 2], [3, 5], false],
    [[3, 5], [0, 2], false],
  ])('%j and %j overlap: %s', (one, two, expected) => {
    expect(overlaps(stretch(...one), stretch(...two))).toBe(expected);
  });

  it('overlap where they share their one event', () => {
    const [left, shared, right] = [member(0), member(5), member(9)];
    expect(overlaps({ first: left, last: shared }, { first: shared, last: right })).toBe(true);
    expect(overlaps({ first: shared, last: right }, { first: left, last: shared })).toBe(true);
  });

  it('do not where one follows the other in the same instant', () => {
    const [one, two] = [stretch(0, 5), stretch(5, 9)];
    expect([overlaps(one, two), overlaps(two, one)]).toEqual([false, false]);
  });
});

describe('a group key', () => {
  it.each([
    ['joins the values of its fields', { source: { ip: '10.0.0.1' }, user: { name: 'root' } }, '["10.0.0.1","root"]'],
    ['is missing when a field is', { source: { ip: '10.0.0.1' } }, null],
    ['does not depend on the order of an array', { source: { ip: ['b', 'a'] }, user: { name: 7 } }, '["a,b","7"]'],
    ['takes truth values', { source: { ip: [true, false] }, user: { name: false } }, '["false,true","false"]'],
    ['takes the empty text', { source: { ip: '' }, user: { name: [''] } }, '["",""]'],
    ['takes one value of many that are none', { source: { ip: [null, {}, 'x'] }, user: { name: 0 } }, '["x","0"]'],
    ['is missing when an array is empty', { source: { ip: [] }, user: { name: 'root' } }, null],
    ['is missing when an array has no values', { source: { ip: [null, {}] }, user: { name: 'root' } }, null],
    ['is missing when a field is null', { source: { ip: null }, user: { name: 'root' } }, null],
  ])('%s', (_, event, expected) => {
    expect(groupKey(event, ['source.ip', 'user.name'])).toBe(expected);
  });
});

describe('a number of an event', () => {
  it.each([
    [{ n: 7 }, 7],
    [{ n: ' -1.5e3 ' }, -1500],
    [{ n: ['12'] }, 12],
    [{ n: [1, 2] }, null],
    [{ n: '0x10' }, null],
    [{ n: '' }, null],
    [{ n: true }, null],
    [{ n: '1e999' }, null],
    [{}, null],
  ])('%j', (event, expected) => {
    expect(fieldNumber(event, 'n')).toBe(expected);
  });
});
