import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from './compiled.js';
import { eventsFor } from './events.arbitrary.js';
import { besideRare, detections, type Detection } from './rules.arbitrary.js';

/** What must not change when rules or events are arranged or written in another way; needs no interpreter. */
const numRuns = Number(process.env.REFERENCE_SETS ?? 100);
const timeout = 120_000;

type Named = [id: string, detection: Detection];

const detection = detections([]);
/** Rules, and for each of them two events that are near it. */
const sets = fc.array(detection, { minLength: 2, maxLength: 8 }).chain((list) =>
  fc.tuple(
    fc.constant(list.map((it, at): Named => [`r${at}`, it])),
    fc.tuple(...list.map((it) => eventsFor(it, 2))).map((events) => events.flat()),
  ),
);

const answers = (match: (event: object) => string[], events: readonly object[]) => events.map(match);
const sorted = (found: string[][]) => found.map((ids) => ids.toSorted());

describe('a rule set', () => {
  const against = (check: (rules: Named[], events: object[], expected: string[][]) => void) =>
    fc.assert(
      fc.property(sets, ([rules, events]) => check(rules, events, answers(compile(rules), events))),
      { numRuns },
    );

  it('answers what each of its rules answers alone', { timeout }, () => {
    against((rules, events, expected) => {
      const alone = rules.map((rule) => compile([rule]));
      expect(events.map((event) => alone.flatMap((match) => match(event)))).toEqual(expected);
    });
  });

  it('answers the same whatever the order of its rules', { timeout }, () => {
    against((rules, events, expected) => {
      expect(sorted(answers(compile(rules.toReversed()), events))).toEqual(sorted(expected));
    });
  });

  it('answers the same beside rules that say nothing about the events', { timeout }, () => {
    const strangers: Named[] = [
      ['stranger', { s: { nowhere: ['x', 'y'], 'a|contains': 'no such text' }, condition: 's' }],
      ['never', { s: { 'nowhere|re': '.*' }, condition: 's and not s' }],
      ['twice', { s: { 'nowhere|exists': true }, t: ['no such keyword'], condition: 's or t' }],
    ];
    against((rules, events, expected) => {
      const match = compile([strangers[0]!, ...rules, ...strangers.slice(1)]);
      expect(answers(match, events)).toEqual(expected);
    });
  });

  it('carries nothing from one event to the next', { timeout }, () => {
    against((rules, events, expected) => {
      for (const [at, event] of events.entries()) expect(compile(rules)(event)).toEqual(expected[at]);
      const match = compile(rules);
      expect(answers(match, events.toReversed()).toReversed()).toEqual(expected);
      expect(
        answers(
          match,
          events.flatMap((event) => [event, {}, event]),
        ).filter((_, at) => at % 3 === 2),
      ).toEqual(expected);
    });
  });

  it('answers the same in one run, in halves, replayed, and beside another set', { timeout }, () => {
    against((rules, events, expected) => {
      const [match, other] = [compile(rules), compile(rules.toReversed())];
      const half = events.length / 2;
      const halves = [answers(match, events.slice(0, half)), answers(compile(rules), events.slice(half))];
      expect(halves.flat()).toEqual(expected);
      expect(answers(match, events)).toEqual(expected);
      const interleaved = events.map((event) => [match(event), other(structuredClone(event))]);
      expect(interleaved.map(([one]) => one)).toEqual(expected);
      expect(sorted(interleaved.map(([, two]) => two!))).toEqual(sorted(expected));
    });
  });

  it('leaves events as they are', { timeout }, () => {
    against((rules, events) => {
      const before = JSON.stringify(events);
      answers(compile(rules), events);
      expect(JSON.stringify(events)).toBe(before);
    });
  });
});

/** One rule written in two ways, on events near it. */
function sameFor(rewritten: fc.Arbitrary<readonly [Detection, Detection]>): void {
  const cases = rewritten.chain((pair) => fc.tuple(fc.constant(pair), eventsFor(pair[0], 4)));
  fc.assert(
    fc.property(cases, ([[one, two], events]) => {
      const [match, other] = [compile([['r', one]]), compile([['r', two]])];
      for (const event of events) expect(other(event)).toEqual(match(event));
    }),
    { numRuns: numRuns * 4 },
  );
}

type Tree = { op: 'and' | 'or'; of: [Tree, Tree] } | { op: 'not'; of: [Tree] } | { op: 'name'; name: string };

const written = (tree: Tree): string => {
  if (tree.op === 'name') return tree.name;
  const [left, right] = tree.of.map((it) => `(${written(it)})`);
  return tree.op === 'not' ? `not ${left}` : `${left} ${tree.op} ${right}`;
};

/** De Morgan: the same with every `and` as an `or` of negations, and the other way round. */
const turned = (tree: Tree): string => {
  if (tree.op === 'name') return `not (not ${tree.name})`;
  const [left, right] = tree.of.map((it) => `(${turned(it)})`);
  if (tree.op === 'not') return `not ${left}`;
  return `not (not ${left} ${tree.op === 'and' ? 'or' : 'and'} not ${right})`;
};

function treeOver(names: string[]): fc.Arbitrary<Tree> {
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...names).map((name): Tree => ({ op: 'name', name })),
      fc.tuple(tie('tree')).map((of): Tree => ({ op: 'not', of })),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.tuple(tie('tree'), tie('tree')))
        .map(([op, of]): Tree => ({ op, of })),
    ),
  }));
  return tree;
}

const renamed = (name: string) =>
  name.replaceAll('sel_', 'pick_').replaceAll('filter', 'fooer').replaceAll('not_x', 'or_x');
const onConditions = (condition: unknown, change: (text: string) => string) =>
  Array.isArray(condition) ? condition.map((it) => change(String(it))) : change(String(condition));

/** Only letters that come back from the other case. */
const flipCase = (text: string) =>
  [...text]
    .map((it) => {
      const other = it === it.toLowerCase() ? it.toUpperCase() : it.toLowerCase();
      const back = it === it.toLowerCase() ? other.toLowerCase() : other.toUpperCase();
      return back === it && other.length === it.length && !/[σΣ]/.test(it) ? other : it;
    })
    .join('');

const flipValues = (value: unknown): unknown => {
  if (typeof value === 'string') return flipCase(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(flipValues);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, flipValues(one)]));
};

const uncased = detection.filter((it) => !/\|(cased|re)\b/.test(JSON.stringify(it)));
const plainText = uncased.filter((it) => !/\|(base64|utf16|wide|fieldref)/.test(JSON.stringify(it)));

describe('a rule', () => {
  it('means the same under other names of its searches', { timeout }, () => {
    sameFor(
      detection.map((it) => {
        const { condition, ...searches } = it;
        const others = Object.entries(searches).map(([name, search]) => [renamed(name), search]);
        return [it, { ...Object.fromEntries(others), condition: onConditions(condition, renamed) }];
      }),
    );
  });

  it('means the same beside a rare value that the event has, and nothing without it', { timeout }, () => {
    const named = detection.filter(({ condition }) => !/of _/.test(String(condition)));
    const cases = named.chain((it) => fc.tuple(fc.constant(it), eventsFor(it, 4)));
    fc.assert(
      fc.property(cases, ([it, events]) => {
        const [alone, beside] = [compile([['r', it]]), compile([['r', besideRare(it)]])];
        for (const event of events) {
          const rarely = { ...event, rare: 'The rarest value' };
          expect(beside(rarely)).toEqual(alone(rarely));
          expect(beside(event)).toEqual([]);
        }
      }),
      { numRuns: numRuns * 4 },
    );
  });

  it('means the same by De Morgan', { timeout }, () => {
    const rewritten = detection.chain((it) => {
      const names = Object.keys(it).filter((name) => name !== 'condition');
      return treeOver(names).map(
        (tree) =>
          [
            { ...it, condition: written(tree) },
            { ...it, condition: turned(tree) },
          ] as const,
      );
    });
    sameFor(rewritten);
  });

  it('means the same with its values in the other case', { timeout }, () => {
    sameFor(
      plainText.map((it) => {
        const { condition, ...searches } = it;
        const flipped = Object.entries(searches).map(([name, search]) => [name, flipValues(search)]);
        return [it, { ...Object.fromEntries(flipped), condition }];
      }),
    );
  });

  it('finds the same in events whose values are in the other case', { timeout }, () => {
    const cases = uncased.chain((it) => fc.tuple(fc.constant(it), eventsFor(it, 4)));
    fc.assert(
      fc.property(cases, ([it, events]) => {
        const match = compile([['r', it]]);
        for (const event of events) expect(match(flipValues(event) as object)).toEqual(match(event));
      }),
      { numRuns: numRuns * 4 },
    );
  });
});
