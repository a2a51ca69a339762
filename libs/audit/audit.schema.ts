import { z } from 'zod';
import { pageQuery } from '#platform/cursor.js';

export const auditQuery = pageQuery.extend({ tenant: z.uuid().optional() });

export const auditPage = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      at: z.iso.datetime(),
      tenantId: z.uuid().nullable(),
      actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
      action: z.string(),
      target: z.string().nullable(),
      outcome: z.string(),
      address: z.string().nullable(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  next: z.string().nullable(),
});
export type AuditPage = z.input<typeof auditPage>;

export const auditPosition = z.object({ at: z.coerce.date(), id: z.uuid() });
