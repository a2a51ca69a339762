import { z } from 'zod';

const value = z.union([z.string(), z.number()]);
/** What chained correlations read of the event, by their ids; see the engine's `InnerRead`. */
const inner = z.record(z.string(), z.object({ key: z.string().nullable().optional(), value: value.optional() }));

/** That one event matched a rule, for the rule or correlation that decides over it. */
export const ruleMatch = z.object({
  /** The rule that decides: the one that matched, or a correlation over it. */
  ruleId: z.string().min(1),
  /** The rule that matched the event. */
  baseId: z.string().min(1),
  eventId: z.string().min(1),
  /** The event's own time, milliseconds since the epoch. */
  time: z.number(),
  /** Sorts events of the same millisecond by arrival. */
  order: z.string(),
  group: z.record(z.string(), z.string()),
  groupKey: z.string(),
  /** What a correlation over values reads, a number where it calculates. */
  value: value.nullable(),
  inner: inner.optional(),
  /** How many equal events it stands for ("message repeated 5 times"). */
  weight: z.number().positive(),
  assetId: z.string().nullable(),
  summary: z.string(),
});

export type RuleMatch = z.infer<typeof ruleMatch>;
