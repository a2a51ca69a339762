import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IntTable } from './int-table.js';

const key = fc.oneof(fc.nat(40), fc.nat(0x3fffffff));

it('numbers keys in the order given, and no others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 80 }), fc.array(key), (keys, others) => {
      const table = new IntTable(keys);
      expect(keys.map((one) => table.get(one))).toEqual(keys.map((_, at) => at));
      for (const one of others) expect(table.get(one)).toBe(keys.indexOf(one));
    }),
    { numRuns: 300 },
  );
});

it('finds keys that fall on one place', () => {
  const keys = Array.from({ length: 64 }, (_, at) => Math.imul(at, 0x144cbc89) >>> 2);
  const table = new IntTable(keys);
  expect(keys.map((one) => table.get(one))).toEqual(keys.map((_, at) => at));
});
