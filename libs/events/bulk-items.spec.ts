import { describe, expect, it } from 'vitest';
import { BulkItems } from './bulk-items.js';

function itemsOf(texts: readonly string[]): BulkItems {
  const items = new BulkItems('a');
  for (const [at, text] of texts.entries()) items.add(`${at}`, text);
  return items;
}

describe('bulk items', () => {
  const texts = ['{"x":1}', '{"x":"ü€😀"}', `"${'€'.repeat(90_000)}"`, '{}', `"${'b'.repeat(200_000)}"`];
  const written = (...positions: number[]): string =>
    positions.map((at) => `{"create":{"_index":"a","_id":"${at}"}}\n${texts[at]}\n`).join('');

  it('are what `_bulk` takes: create, so that what is there stays', () => {
    const items = itemsOf(texts);
    expect(items.bytes.toString()).toBe(written(0, 1, 2, 3, 4));
    expect(items.size).toBe(Buffer.byteLength(written(0, 1, 2, 3, 4)));
    expect(itemsOf([]).bytes).toHaveLength(0);
  });

  it('say whose they are, where several share an index', () => {
    const items = new BulkItems('a');
    items.add('1', '{}', 'k');
    expect(items.bytes.toString()).toBe('{"create":{"_index":"a","_id":"1","routing":"k"}}\n{}\n');
  });

  it('can be picked', () => {
    const picked = itemsOf(texts).pick([1, 2, 4]);
    expect(picked.bytes.toString()).toBe(written(1, 2, 4));
    expect(picked.ids).toEqual(['1', '2', '4']);
    expect(picked.pick([0]).bytes.toString()).toBe(written(1));
  });
});
