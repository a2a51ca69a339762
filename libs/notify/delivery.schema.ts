import { z } from 'zod';
import { pageQuery } from '#platform/cursor.js';

const time = z.iso.datetime();

export const deliveryQuery = pageQuery.extend({ tenant: z.uuid().optional() });
export type DeliveryQuery = z.output<typeof deliveryQuery>;

export const deliveryPosition = z.uuid();

export const deliveryView = z.object({
  id: z.uuid(),
  key: z.string(),
  channelId: z.uuid(),
  subject: z.string(),
  state: z.enum(['queued', 'sent', 'failed']),
  attempts: z.int(),
  lastError: z.string().nullable(),
  createdAt: time,
  sentAt: time.nullable(),
});
export type DeliveryView = z.output<typeof deliveryView>;

export const deliveryPage = z.object({ items: z.array(deliveryView), next: z.string().nullable() });
export type DeliveryPage = z.output<typeof deliveryPage>;
