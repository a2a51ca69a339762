/** Where a tenant's events live: in indices of its own, or with those of a few other small tenants. */
export const PLACEMENTS = ['dedicated', 'pool'] as const;
export type Placement = (typeof PLACEMENTS)[number];

/** Tenants that share one pool, those included that have moved out of it since. */
export const POOL_SIZE = 25;

/** What a node of Elasticsearch carries well. Its own limit is 1000, and roll-over needs some of that. */
const SHARDS_A_NODE = 600;

export function isCrowded(shards: number, nodes: number): boolean {
  return shards >= SHARDS_A_NODE * nodes;
}
