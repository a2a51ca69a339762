import { describe, expect, it } from 'vitest';
import type { Bound } from '#sigma/document.js';
import { countEvents, countInOrder, countSteps, countValues, everyStep, type Counted } from './tally.js';
import type { Tally } from './window.js';

const eq = (value: number): Bound[] => [{ relation: 'eq', value }];

/** The count of a tally over all members, then without the first of them. */
function counts(tally: (bounds: Bound[]) => Tally<Counted>, members: Counted[]): number[] {
  const holding = (drop: number) =>
    Array.from({ length: 20 }, (_, count) => count).find((count) => {
      const one = tally(eq(count));
      for (const [at, member] of members.entries()) one.add(member, at);
      for (const member of members.slice(0, drop)) one.drop(member);
      return one.holds(drop);
    })!;
  return [0, 1].map(holding);
}

const of = (...ranks: number[]): Counted[] => ranks.map((rank) => ({ rank }));

describe('a count', () => {
  it('of events counts what they stand for', () => {
    expect(counts(countEvents, [{ rank: 0 }, { rank: 0, weight: 4 }, { rank: 1 }])).toEqual([6, 5]);
  });

  it('of values counts each once, and what has none not at all', () => {
    const members = [{ value: 'x' }, { value: 'y' }, { value: 'x' }, {}, { value: 7 }].map((it) => ({
      rank: 0,
      ...it,
    }));
    expect(counts(countValues, members)).toEqual([3, 3]);
    expect(counts(countValues, members.slice(0, 2))).toEqual([2, 1]);
  });

  it('of steps counts each once', () => {
    expect(counts(countSteps, of(0, 1, 1, 2))).toEqual([3, 2]);
  });

  it.each<[number[], number[]]>([
    [
      [0, 1, 2],
      [3, 2],
    ],
    [
      [2, 1, 0],
      [1, 1],
    ],
    [
      [0, 2, 1],
      [2, 1],
    ],
    [
      [1, 0, 2, 1],
      [2, 2],
    ],
    [
      [0, 1, 0, 2],
      [3, 2],
    ],
    [[], [0, 0]],
  ])('of steps in order takes the longest sequence: %j', (ranks, expected) => {
    expect(counts((bounds) => countInOrder(3, bounds), of(...ranks))).toEqual(expected);
  });

  it('of every step is no less than their number', () => {
    expect(everyStep(3)).toEqual([{ relation: 'gte', value: 3 }]);
  });

  it('must fulfil all bounds', () => {
    const tally = countEvents([
      { relation: 'gte', value: 1 },
      { relation: 'lt', value: 3 },
    ]);
    const held = of(0, 0, 0).map((member, at) => {
      tally.add(member, at);
      return tally.holds(0);
    });
    expect(held).toEqual([true, true, false]);
  });
});
