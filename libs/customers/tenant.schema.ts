import { z } from 'zod';
import { pageQuery } from '#platform/cursor.js';
import { line } from './text.js';
import { timeZone } from './time.js';

export const tenantList = pageQuery.extend({ tenant: z.uuid().optional() });

export const newTenant = z.strictObject({
  name: line(120),
  timeZone,
  /** How long events are kept. */
  retentionDays: z.number().int().min(7).max(3650).default(400),
});
export type NewTenant = z.output<typeof newTenant>;

export const tenantAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  timeZone: z.string(),
  retentionDays: z.number(),
});
export type TenantAnswer = z.output<typeof tenantAnswer>;
