/** Names of one tenant's indices; the key comes from the scope and is nobody's to guess. */
export function indexName(tenantKey: string, generation: number): string {
  return `${indexPrefix(tenantKey)}${String(generation).padStart(6, '0')}`;
}

export function indexPrefix(tenantKey: string): string {
  return `pw-events-${tenantKey}-`;
}

/** All of a tenant's generations; it may match none yet. */
export function indexPattern(tenantKey: string): string {
  return `${indexPrefix(tenantKey)}*`;
}
