import { describe, expect, it } from 'vitest';
import type { Bound } from '#sigma/document.js';
import type { Counted } from './tally.js';
import { averageValues, percentileOfValues, shareOfValue, sumValues } from './tally-numbers.js';
import type { Tally } from './window.js';

const eq = (value: number): Bound[] => [{ relation: 'eq', value }];
const counted = (...values: (number | string | undefined)[]): Counted[] => values.map((value) => ({ rank: 0, value }));

/** Whether the condition holds over the members after `passed` have come and gone. */
function holds(make: (all: Counted[]) => Tally<Counted>, members: Counted[], passed: Counted[] = []): boolean {
  const tally = make([...passed, ...members]);
  for (const member of passed) tally.add(member, 0);
  for (const member of passed) tally.drop(member);
  for (const member of members) tally.add(member, 0);
  return tally.holds(0);
}

describe('a sum', () => {
  it.each([
    ['of decimals is what it is on paper', [0.1, 0.1, 0.1], [], 0.3],
    ['forgets what has passed', [1], [1e16, 0.3], 1],
    ['spans large and small', [1e300, 5e-324, -1e300], [], 5e-324],
    ['leaves out what is no number', [2, 'x', undefined], [], 2],
    ['leaves out what is not finite', [2, Infinity, Number.NaN], [], 2],
  ])('%s', (_, values, passed, expected) => {
    expect(holds((all) => sumValues(all, eq(expected)), counted(...values), counted(...passed))).toBe(true);
  });

  it.each([
    [3, 9],
    [2.6, 9],
    [0.2, 3],
    [0, 3],
  ])('counts a member that stands for %d events as %d', (weight, expected) => {
    expect(holds((all) => sumValues(all, eq(expected)), [{ rank: 0, value: 3, weight }])).toBe(true);
  });

  it('of no numbers fulfils nothing', () => {
    expect(holds((all) => sumValues(all, [{ relation: 'lt', value: 5 }]), counted('x', undefined))).toBe(false);
  });
});

it.each([
  [[1, 2], 1.5],
  [[0.1, 0.2, 0.3], 0.2],
  [[-4, 4], 0],
])('the mean of %j is %d', (values, expected) => {
  expect(holds((all) => averageValues(all, eq(expected)), counted(...values))).toBe(true);
});

it.each([
  [50, [4, 1, 3, 2], 2.5],
  [50, [7], 7],
  [0, [4, 1, 3, 2], 1],
  [100, [4, 1, 3, 2], 4],
  [95, Array.from({ length: 101 }, (_, at) => at), 95],
  [99.9, Array.from({ length: 1001 }, (_, at) => at), 999],
  [10, [0, 1], 0.1],
  [50, [2, 2, 2, 9], 2],
])('percentile %d of %j is %d', (percentile, values, expected) => {
  const passed = counted(100, -5, ...values);
  expect(holds((all) => percentileOfValues(all, eq(expected), percentile), counted(...values), passed)).toBe(true);
});

it.each([
  [['a', 'b', 'a', 'a'], 75],
  [['a', undefined, 'b'], 50],
  [[1, 2, 3, 4], 25],
])('the newest of %j has a share of %d percent', (values, expected) => {
  expect(holds(() => shareOfValue(eq(expected)), counted(...values), counted('a', 'z'))).toBe(true);
});
