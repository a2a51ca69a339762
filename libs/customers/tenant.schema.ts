import { z } from 'zod';
import { pageQuery } from '#platform/cursor.js';
import { PLACEMENTS } from '#tenancy/placement.js';
import { line } from './text.js';
import { timeZone } from './time.js';

export const tenantList = pageQuery.extend({ tenant: z.uuid().optional() });

const quota = {
  /** What the tenant may send to one collector; null: the provider's quota for all. */
  eventsPerSecond: z.number().int().min(1).max(1_000_000).nullable(),
  bytesPerSecond: z.number().int().min(1000).max(1_000_000_000).nullable(),
};

export const newTenant = z.strictObject({
  name: line(120),
  timeZone,
  /** How long events are kept. */
  retentionDays: z.number().int().min(7).max(3650).default(400),
  /** In indices of its own, or with the events of other small tenants. */
  placement: z.enum(PLACEMENTS).default('dedicated'),
  eventsPerSecond: quota.eventsPerSecond.default(null),
  bytesPerSecond: quota.bytesPerSecond.default(null),
});
export type NewTenant = z.output<typeof newTenant>;

export const tenantAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  timeZone: z.string(),
  retentionDays: z.number(),
  placement: z.enum(PLACEMENTS),
  ...quota,
});

export const tenantChange = z
  .strictObject({
    ...quota,
    /** Out of the pool: what comes from now on goes into indices of its own. There is no way back. */
    placement: z.literal('dedicated'),
  })
  .partial();
export type TenantChange = z.output<typeof tenantChange>;
export type TenantAnswer = z.output<typeof tenantAnswer>;
