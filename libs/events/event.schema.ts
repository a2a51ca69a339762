import { z } from 'zod';
import { pageQuery } from '#platform/cursor.js';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const eventQuery = pageQuery.extend({
  tenant: z.uuid().optional(),
  from: moment.optional().describe('Device time, inclusive'),
  to: moment.optional().describe('Device time, exclusive'),
  q: z
    .string()
    .max(4000)
    .default('')
    .describe('failed password, user.name:root, host.name:plc*, event.severity>=5, -word, a OR b, (…)'),
  asset: z.uuid().optional().describe('The device itself, or either end of a connection'),
});
export type EventQuery = z.output<typeof eventQuery>;

export const oneEventQuery = z.object({ tenant: z.uuid().optional() });
export const eventId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);

/** A stored ECS document. */
export const eventDocument = z.looseObject({
  '@timestamp': z.iso.datetime(),
  event: z.looseObject({ id: z.string(), original: z.string() }),
});

export const eventPage = z.object({ items: z.array(eventDocument), next: z.string().nullable() });

export const eventPosition = z.tuple([z.union([z.number(), z.string()]), z.string()]);
export type EventPosition = z.infer<typeof eventPosition>;
