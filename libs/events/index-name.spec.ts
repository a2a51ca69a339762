import { describe, expect, it } from 'vitest';
import { indexName, indexPattern, isIndexOf, ownEvents, targetOf } from './index-name.js';

const dedicated = { key: 'aa', pool: null, placement: 'dedicated' } as const;
const pooled = { key: 'bb', pool: 'pool-cc', placement: 'pool' } as const;
const promoted = { ...pooled, placement: 'dedicated' } as const;

describe('where a tenant’s events live', () => {
  it.each([
    [dedicated, 'pw-events-aa-000001', 'pw-events-aa-*'],
    [pooled, 'pw-events-pool-cc-000001', 'pw-events-bb-*,pw-events-pool-cc-*'],
    [promoted, 'pw-events-bb-000001', 'pw-events-bb-*,pw-events-pool-cc-*'],
  ])('%o writes %s and reads %s', (tenant, name, pattern) => {
    expect(indexName(tenant, 1)).toBe(name);
    expect(indexPattern(tenant)).toBe(pattern);
    expect(isIndexOf(tenant, name)).toBe(true);
  });

  it.each([
    'pw-events-aab-000001',
    'pw-events-bb-000001',
    'pw-events-pool-cc-000001',
    'pw-events-aa-*',
    'other',
    'pw-events-aa-1,b',
  ])('nothing of it is in %s', (name) => expect(isIndexOf(dedicated, name)).toBe(false));

  it('a document in a shared index says whose it is', () => {
    expect(targetOf(pooled, 'pw-events-pool-cc-000001')).toEqual({ index: 'pw-events-pool-cc-000001', routing: 'bb' });
    expect(targetOf(promoted, 'pw-events-bb-000002')).toEqual({ index: 'pw-events-bb-000002' });
    expect(targetOf(dedicated, 'pw-events-aa-000001')).toEqual({ index: 'pw-events-aa-000001' });
    expect(ownEvents(pooled)).toEqual({
      bool: {
        should: [{ prefix: { _index: 'pw-events-bb-' } }, { term: { _routing: 'bb' } }],
        minimum_should_match: 1,
      },
    });
  });
});
