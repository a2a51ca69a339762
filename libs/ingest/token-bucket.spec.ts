import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.js';

describe('a token bucket', () => {
  it('lets a burst pass, then the rate', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 20 }, 0);
    const passed = (from: number, to: number): number => {
      let count = 0;
      for (let at = from; at < to; at += 10) {
        for (; bucket.open(at); count++) bucket.take(1);
      }
      return count;
    };
    expect(passed(0, 1000)).toBe(30);
    expect(passed(1000, 11_000)).toBe(100);
  });

  it('lets through what is larger than a burst, and makes up for it', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 20 }, 0);
    expect(bucket.open(0)).toBe(true);
    bucket.take(120);
    expect(bucket.open(9_900)).toBe(false);
    expect(bucket.open(10_100)).toBe(true);
  });

  it('never gives more than burst, rate and one overdraft', () => {
    const asks = fc.array(fc.record({ wait: fc.nat(500), amount: fc.integer({ min: 1, max: 50 }) }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(asks, (list) => {
        const bucket = new TokenBucket({ perSecond: 100, burst: 50 }, 0);
        let [now, given] = [0, 0];
        for (const { wait, amount } of list) {
          now += wait;
          if (!bucket.open(now)) continue;
          bucket.take(amount);
          given += amount;
        }
        expect(given).toBeLessThanOrEqual(50 + now / 10 + 50);
      }),
    );
  });
});
