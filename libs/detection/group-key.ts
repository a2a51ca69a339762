import { hash } from 'node:crypto';
import type { TenantScope } from '#tenancy/tenant-scope.js';

/** Where Redis has something of one rule's group. The braces keep a tenant's keys on one node of a cluster. */
export function groupKeyOf(
  { tenant }: TenantScope,
  what: 'win' | 'undecided',
  { ruleId, groupKey }: { ruleId: string; groupKey: string },
): string {
  return `pw:{${tenant.key}}:${what}:${ruleId}:${hash('sha256', groupKey).slice(0, 32)}`;
}
