import { describe, expect, it } from 'vitest';
import { bulkBody, bulkOutcome, bulkRequests } from './bulk-request.js';

const document = (index: string, id: string, size = 10) => ({ index, id, json: Buffer.alloc(size, 'x') });

describe('bulk requests', () => {
  it('keep each index together', () => {
    const requests = bulkRequests([document('a', '1'), document('b', '2'), document('a', '3')]);
    expect(requests.map((request) => request.map(({ id }) => id))).toEqual([['1', '3', '2']]);
  });

  it('hold at most so many indices and bytes', () => {
    const limits = { bytes: 25, indices: 2 };
    const ids = (documents: ReturnType<typeof document>[]) =>
      bulkRequests(documents, limits).map((request) => request.map(({ id }) => id).join(''));
    expect(ids(['a', 'b', 'c', 'd', 'e'].map((name) => document(name, name, 1)))).toEqual(['ab', 'cd', 'e']);
    expect(ids(['1', '2', '3', '4', '5'].map((id) => document('a', id)))).toEqual(['12', '34', '5']);
    expect(ids([document('a', '1', 100), document('a', '2')])).toEqual(['1', '2']);
  });

  it('create, so that what is there stays', () => {
    const body = bulkBody(
      ['{"x":1}', '{"x":"ü"}'].map((json, at) => ({ index: 'a', id: `${at}`, json: Buffer.from(json) })),
    );
    const head = (id: number): string => `{"create":{"_index":"a","_id":"${id}"}}\n`;
    expect(body.toString()).toBe(`${head(0)}{"x":1}\n${head(1)}{"x":"ü"}\n`);
  });
});

describe('the outcome of a bulk request', () => {
  const documents = ['1', '2', '3', '4'].map((id) => document('a', id));

  it('tells new, known, refused and later apart', () => {
    const error = { type: 'document_parsing_exception', reason: 'failed to parse', caused_by: { reason: 'no date' } };
    const outcome = bulkOutcome(documents, [{ status: 201 }, { status: 409 }, { status: 400, error }, { status: 429 }]);
    expect(outcome).toMatchObject({ indexed: 1, duplicates: ['2'], again: [{ id: '4' }] });
    expect(outcome.rejected).toEqual([
      { id: '3', index: 'a', reason: 'document_parsing_exception: failed to parse (no date)' },
    ]);
  });

  it('takes a missing item as not written', () => {
    expect(bulkOutcome(documents, []).again).toHaveLength(4);
  });
});
