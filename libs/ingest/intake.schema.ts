import { z } from 'zod';

export const reachQuery = z.object({ tenant: z.uuid().optional() });
export const letterQuery = reachQuery.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) });

/** Counts since the source was made. */
export const sourceCounters = z.object({
  items: z.array(
    z.object({
      tenantId: z.uuid(),
      sourceId: z.uuid(),
      received: z.number(),
      truncated: z.number(),
      /** Datagrams that found no room. */
      dropped: z.number(),
      /** Times a sender had to wait, or to come again: over quota, or its share of the spool was full. */
      throttled: z.number(),
      indexed: z.number(),
      /** Sent again under the same name, or repeated by us after a stop. */
      duplicates: z.number(),
      deadLettered: z.number(),
      /** In the spool: received = indexed + duplicates + deadLettered + spooled. */
      spooled: z.number(),
      skewMs: z.number().nullable(),
      /** Usual time between two deliveries; milliseconds. */
      cadenceMs: z.number().nullable(),
      lastReceivedAt: z.iso.datetime().nullable(),
    }),
  ),
  next: z.null(),
});
export type SourceCounters = z.input<typeof sourceCounters>;

/** What a collector says of itself. */
export const collectorStatus = z.object({
  collector: z.string(),
  /** When it said so: one that is silent for long is not running. */
  at: z.iso.datetime(),
  spool: z.object({ bytes: z.number(), tornBytes: z.number(), damagedBytes: z.number() }),
  problems: z.array(z.object({ topic: z.string(), reason: z.string(), since: z.iso.datetime() })),
});

export const collectorList = z.object({ items: z.array(collectorStatus), next: z.null() });
export type CollectorList = z.input<typeof collectorList>;

export const refusedSenders = z.object({
  items: z.array(
    z.object({
      protocol: z.string(),
      port: z.number(),
      address: z.string(),
      reason: z.string(),
      count: z.number(),
      firstSeenAt: z.iso.datetime(),
      lastSeenAt: z.iso.datetime(),
    }),
  ),
  next: z.null(),
});
export type RefusedSenders = z.input<typeof refusedSenders>;

export const deadLetters = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      sourceId: z.uuid(),
      eventId: z.string(),
      reason: z.string(),
      /** Base64: any bytes. */
      raw: z.string(),
      at: z.iso.datetime(),
      /** When it was taken after all. */
      replayedAt: z.iso.datetime().nullable(),
    }),
  ),
  next: z.null(),
});
export type DeadLetterList = z.input<typeof deadLetters>;
