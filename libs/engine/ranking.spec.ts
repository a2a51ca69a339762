import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ranking } from './ranking.js';

it('finds the place of the k-th counted as a sorted list does', () => {
  const places = fc.integer({ min: 1, max: 20 });
  const cases = places.chain((size) => fc.tuple(fc.constant(size), fc.array(fc.tuple(fc.nat(size - 1), fc.nat(3)))));
  fc.assert(
    fc.property(cases, ([size, changes]) => {
      const ranking = new Ranking(size);
      const list: number[] = [];
      for (const [place, by] of changes) {
        ranking.change(place, by);
        list.push(...Array.from({ length: by }, () => place));
        const first = list.shift();
        if (first !== undefined) ranking.change(first, -1);
        list.sort((a, b) => a - b);
        expect(list.map((_, k) => ranking.placeOf(k))).toEqual(list);
      }
    }),
    { numRuns: 300 },
  );
});
