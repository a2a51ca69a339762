import { describe, expect, it } from 'vitest';
import { BulkItems } from './bulk-items.js';
import { bulkOutcome } from './bulk-outcome.js';

function items(index: string, ...ids: string[]): BulkItems {
  const all = new BulkItems(index);
  for (const id of ids) all.add(id, '{}');
  return all;
}

describe('the outcome of a bulk request', () => {
  const request = [items('a', '1', '2', '3'), items('b', '4', '5')];

  it('tells new, known, refused and later apart', () => {
    const error = { type: 'document_parsing_exception', reason: 'failed to parse', caused_by: { reason: 'no date' } };
    const answer = [{ status: 201 }, { status: 409 }, { status: 429 }, { status: 400, error }, { status: 503 }];
    const { again, ...outcome } = bulkOutcome(request, answer);
    expect(outcome).toEqual({
      indexed: 1,
      duplicates: ['2'],
      rejected: [{ id: '4', index: 'b', reason: 'document_parsing_exception: failed to parse (no date)' }],
    });
    expect(again.map(({ index, ids }) => [index, ...ids])).toEqual([
      ['a', '3'],
      ['b', '5'],
    ]);
  });

  it('takes a missing item as not written', () => {
    expect(bulkOutcome(request, []).again.flatMap(({ ids }) => ids)).toEqual(['1', '2', '3', '4', '5']);
  });
});
