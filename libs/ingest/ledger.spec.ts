import { describe, expect, it } from 'vitest';
import { outcomesOf } from './ledger.js';

describe('what became of lines', () => {
  const entry = (sourceId: string, lines: number) => ({
    tenantId: 't',
    sourceId,
    lines: Array.from({ length: lines }),
  });
  const of = (sourceId: string) => ({ delivery: { sourceId } });

  it('is one row a source, and every line is in it once', () => {
    const dead = [of('a'), of('b')];
    expect(outcomesOf([entry('a', 3), entry('b', 2), entry('a', 4)], { dead, known: [of('a'), of('a')] })).toEqual([
      { tenantId: 't', sourceId: 'a', indexed: 4, duplicates: 2, deadLettered: 1 },
      { tenantId: 't', sourceId: 'b', indexed: 1, duplicates: 0, deadLettered: 1 },
    ]);
  });

  it('cannot be told of a source that sent nothing', () => {
    expect(() => outcomesOf([entry('a', 1)], { dead: [of('b')], known: [] })).toThrow('b is not of this batch');
  });
});
