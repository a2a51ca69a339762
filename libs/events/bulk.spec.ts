import { describe, expect, it } from 'vitest';
import { Bulk } from './bulk.js';

/** `a1 a2 b1`: index and id of the documents in a row. @returns for each request the indices and the ids in it */
function requests(documents: string, limits?: { bytes: number; indices: number }, size = 10): string[] {
  const bulk = new Bulk(limits);
  for (const [index = '', id = ''] of documents.split(' ')) bulk.add({ index }, id, 'x'.repeat(size));
  return bulk.requests().map((request) => request.map(({ index, ids }) => index + ids.join('')).join(' '));
}

describe('bulk requests', () => {
  it('keep each index together', () => {
    expect(requests('a1 b2 a3')).toEqual(['a13 b2']);
  });

  it('hold at most so many indices and bytes', () => {
    expect(requests('a1 b1 c1 d1 e1', { bytes: 1000, indices: 2 })).toEqual(['a1 b1', 'c1 d1', 'e1']);
    expect(requests('a1 a2 a3 b1 a4 a5', { bytes: 100, indices: 20 })).toEqual(['a12', 'a34', 'b1 a5']);
    expect(requests('a1 b1 a2', { bytes: 100, indices: 20 }, 200)).toEqual(['a1', 'b1', 'a2']);
  });

  it('are none without documents', () => {
    expect(new Bulk().requests()).toEqual([]);
  });
});
