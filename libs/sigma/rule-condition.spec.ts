import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from './fault.js';
import { parseRuleCondition } from './rule-condition.js';

type Formula = { text: string; holds: (present: Set<string>) => boolean };

const names = ['a', 'b', 'c', 'd'];
const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...names).map((name): Formula => ({ text: name, holds: (present) => present.has(name) })),
    tie('formula').map((it): Formula => ({ text: `not (${it.text})`, holds: (present) => !it.holds(present) })),
    fc.tuple(tie('formula'), tie('formula')).map(([one, other]): Formula => {
      return {
        text: `(${one.text}) AND (${other.text})`,
        holds: (present) => one.holds(present) && other.holds(present),
      };
    }),
    fc.tuple(tie('formula'), tie('formula')).map(([one, other]): Formula => {
      return {
        text: `(${one.text}) or (${other.text})`,
        holds: (present) => one.holds(present) || other.holds(present),
      };
    }),
  ),
}));
const worlds = Array.from({ length: 16 }, (_, bits) => new Set(names.filter((_name, at) => ((bits >> at) & 1) === 1)));

const isSensible = ({ holds }: Formula) => !holds(new Set()) && worlds.some(holds);

describe('a condition over rules', () => {
  it('has the ways in which it is fulfilled', () => {
    fc.assert(
      fc.property(formula.filter(isSensible), ({ text, holds }) => {
        const { ways } = parseRuleCondition(text, null);
        const fulfils = (world: Set<string>) =>
          ways.some(
            ({ present, absent }) => present.every((it) => world.has(it)) && !absent.some((it) => world.has(it)),
          );
        expect(worlds.map(fulfils)).toEqual(worlds.map(holds));
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused when nothing fulfils it, or nothing has to happen', () => {
    fc.assert(
      fc.property(
        formula.filter((it) => !isSensible(it)),
        ({ text }) => {
          expect(() => parseRuleCondition(text, null)).toThrow(Fault);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('binds "not" before "and" before "or"', () => {
    expect(parseRuleCondition('a or not b and c', ['a', 'b', 'c']).ways).toEqual([
      { present: ['a'], absent: [] },
      { present: ['c'], absent: ['b'] },
    ]);
  });

  it('may name rules by id, and rules that are called as its words', () => {
    const id = '5638f7c0-ac70-491d-8465-2a65075e0d86';
    expect(parseRuleCondition(`${id} and not`, [id, 'not']).ways).toEqual([{ present: [id, 'not'], absent: [] }]);
  });

  it('is refused when it has too many ways', () => {
    const pairs = Array.from({ length: 8 }, (_, at) => `(x${at} or y${at})`);
    expect(() => parseRuleCondition(pairs.join(' and '), null)).toThrow('in more than 64 ways');
  });
});
