import { z } from 'zod';
import { pageQuery } from '#platform/cursor.js';

export const suppressedQuery = pageQuery.extend({ tenant: z.uuid().optional() });
export type SuppressedQuery = z.infer<typeof suppressedQuery>;

const suppressedMatch = z.object({
  rule: z.object({ id: z.string(), title: z.string() }),
  eventId: z.string(),
  eventTime: z.iso.datetime(),
  assetId: z.string().nullable(),
  summary: z.string(),
  justification: z.object({
    kind: z.enum(['maintenance_window', 'change_ticket']),
    id: z.uuid(),
    reference: z.string().nullable(),
    reason: z.string(),
  }),
});
export type SuppressedMatch = z.infer<typeof suppressedMatch>;

export const suppressedPage = z.object({ items: z.array(suppressedMatch), next: z.string().nullable() });
export type SuppressedPage = z.infer<typeof suppressedPage>;

export const suppressedPosition = z.object({ eventTime: z.coerce.date(), eventId: z.string(), ruleId: z.string() });
