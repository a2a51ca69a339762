import { z } from 'zod';
import { levels } from '#sigma/document.js';

const silentRule = z.object({
  id: z.string(),
  title: z.string(),
  level: z.enum(levels).nullable(),
  /** The log source of which the tenant has no event; null if it has some. */
  logsource: z
    .object({ category: z.string().optional(), product: z.string().optional(), service: z.string().optional() })
    .nullable(),
  /** Fields that the rule needs and that no event has. */
  fields: z.array(z.string()),
  /** Ids of the rules that a correlation needs and that can never match. */
  rules: z.array(z.string()),
});

/** Which rules can never fire for a tenant, judged by the events that are kept. */
export const ruleCoverage = z.object({
  /** How many rules raise alerts. */
  rules: z.int(),
  silent: z.array(silentRule),
  /** Fields that rules read and that are not indexed: whether events have them is not known, and they count as there. */
  unknownFields: z.array(z.string()),
});
export type RuleCoverageAnswer = z.infer<typeof ruleCoverage>;
