import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimals } from './decimal.js';

const all = (...values: number[]) => values.map(decimals(values));

describe('numbers in decimal', () => {
  it.each([
    [[0.1, 2], '1 20'],
    [[5], '5'],
    [[0, -0.5], '0 -5'],
    [[0.0001, 0.00001], '10 1'],
    [[1e21, 0.5], '10000000000000000000000 5'],
    [[1e-7, 1], '1 10000000'],
    [[-1.5e-9, 3], '-15 30000000000'],
    [[2 ** 53, 0.25], '900719925474099200 25'],
    [[123_456_789.125], '123456789125'],
    [[1 / 11], '9090909090909091'],
    [[1 / 3, 1], '3333333333333333 10000000000000000'],
  ])('%j are %s', (values, whole) => {
    expect(all(...values).join(' ')).toBe(whole);
  });

  it('keep their proportions as they are written', () => {
    const written = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 8 }), (list) => {
        const values = list.map(([digits, places]) => Number(`${digits}e-${places}`));
        const whole = all(...values);
        const exact = list.map(([digits, places]) => BigInt(digits) * 10n ** BigInt(12 - places));
        for (const [at, one] of whole.entries()) expect(one * exact[0]!).toBe(exact[at]! * whole[0]!);
      }),
    );
  });
});
