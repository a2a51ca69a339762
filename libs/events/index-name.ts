import type { Tenant } from '#tenancy/tenant-scope.js';
import type { Query } from './filter-query.js';

type Placed = Pick<Tenant, 'key' | 'pool' | 'placement'>;

/** Where a document goes. */
export interface Target {
  /** A concrete name, from `EventIndices`. */
  index: string;
  /** Whose it is, where an index holds the events of several tenants. */
  routing?: string;
}

const prefix = (family: string): string => `pw-events-${family}-`;

/** The family that takes the tenant's next events; keys come from the scope and are nobody's to guess. */
function family({ key, pool, placement }: Placed): string {
  return placement === 'pool' && pool !== null ? pool : key;
}

export function indexName(tenant: Placed, generation: number): string {
  return `${prefix(family(tenant))}${String(generation).padStart(6, '0')}`;
}

/** How the names of the indices of its pool begin, while the tenant writes there. */
export function poolPrefix({ pool, placement }: Placed): string | null {
  return placement === 'pool' && pool !== null ? prefix(pool) : null;
}

/** All generations that may hold events of the tenant; they may match no index yet. */
export function indexPattern({ key, pool }: Placed): string {
  return [key, ...(pool === null ? [] : [pool])].map((name) => `${prefix(name)}*`).join(',');
}

export function isIndexOf({ key, pool }: Placed, index: string): boolean {
  return !/[*,]/.test(index) && (index.startsWith(prefix(key)) || isIn(pool, index));
}

export function targetOf({ key, pool }: Placed, index: string): Target {
  return isIn(pool, index) ? { index, routing: key } : { index };
}

/** The tenant's own events, in whatever index: the part of the query that nobody writes and everybody has. */
export function ownEvents({ key, pool }: Placed): Query {
  if (pool === null) return { match_all: {} };
  const should = [{ prefix: { _index: prefix(key) } }, { term: { _routing: key } }];
  return { bool: { should, minimum_should_match: 1 } };
}

function isIn(pool: string | null, index: string): boolean {
  return pool !== null && index.startsWith(prefix(pool));
}
