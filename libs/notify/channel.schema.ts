import { z } from 'zod';
import { CHANNEL_KINDS } from './outgoing.js';

const time = z.iso.datetime();
const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');
const common = { tenant: z.uuid().optional(), name };

export const newChannel = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('webhook'), target: z.url().max(2000) }),
  z.object({ ...common, kind: z.literal('email'), target: z.email().max(254) }),
]);
export type NewChannel = z.output<typeof newChannel>;

export const channelView = z.object({
  id: z.uuid(),
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  target: z.string(),
  createdAt: time,
});
export type ChannelView = z.output<typeof channelView>;

export const createdChannel = channelView.extend({
  secret: z.string().nullable().describe('Signing secret of a webhook (Standard Webhooks); shown this once.'),
});
export type CreatedChannel = z.output<typeof createdChannel>;

export const channelList = z.object({ items: z.array(channelView), next: z.null() });
export type ChannelList = z.output<typeof channelList>;

export const channelQuery = z.object({ tenant: z.uuid().optional() });
export const sentTest = z.object({ deliveryId: z.uuid() });
export type SentTest = z.output<typeof sentTest>;
