import { z } from 'zod';
import { TICKET_STATES } from './change-context.js';
import { line } from './text.js';
import { instant, moment } from './time.js';

const assetIds = z.array(z.uuid()).max(500);
const text = line(500);
const reference = line(120);
const row = {
  id: z.uuid(),
  tenantId: z.uuid(),
  startsAt: instant,
  endsAt: instant,
  createdBy: z.uuid(),
  createdAt: instant,
};

export const newWindow = z
  .strictObject({
    tenant: z.uuid().optional(),
    assetIds: assetIds.default([]),
    zoneId: z.uuid().nullable().default(null),
    siteId: z.uuid().nullable().default(null),
    startsAt: moment,
    endsAt: moment,
    reason: text,
    reference: reference.nullable().default(null),
  })
  .refine((window) => window.assetIds.length > 0 || window.zoneId !== null || window.siteId !== null, {
    path: ['assetIds'],
    error: 'say what the window covers: assetIds, zoneId or siteId',
  })
  .refine(inOrder, { path: ['endsAt'], error: 'is not after startsAt' });
export type NewWindow = z.output<typeof newWindow>;

/** What a window covers stays; make another to cover more. */
export const windowChange = z
  .strictObject({ startsAt: moment, endsAt: moment, reason: text, reference: reference.nullable() })
  .partial();
export type WindowChange = z.output<typeof windowChange>;

export const windowAnswer = z.object({
  ...row,
  assetIds,
  zoneId: z.uuid().nullable(),
  siteId: z.uuid().nullable(),
  reason: text,
  reference: reference.nullable(),
});

export const newTicket = z
  .strictObject({
    tenant: z.uuid().optional(),
    reference,
    title: text,
    assetIds: assetIds.min(1),
    startsAt: moment,
    endsAt: moment,
  })
  .refine(inOrder, { path: ['endsAt'], error: 'is not after startsAt' });
export type NewTicket = z.output<typeof newTicket>;

export const ticketAnswer = z.object({
  ...row,
  reference,
  title: text,
  assetIds,
  state: z.enum(TICKET_STATES),
  decidedBy: z.uuid().nullable(),
  decidedAt: instant.nullable(),
});

function inOrder({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): boolean {
  return startsAt < endsAt;
}
