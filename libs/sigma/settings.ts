import { z } from 'zod';
import { timespan } from './timespan.js';

export const suppressors = ['maintenance_window', 'change_ticket'] as const;
export type Suppressor = (typeof suppressors)[number];

/** What Plantwatch itself wants to know of a rule: the custom field `plantwatch:` (times in milliseconds). */
export type Settings = {
  /** Fields whose values make one alert of a single-event rule. */
  groupBy: string[];
  /** Matches of one group closer than this amend the same alert. */
  dedup: number;
  /** What makes a match expected, so that it is kept as suppressed instead of raised. */
  suppressedBy: Suppressor[];
  /** The field that names the asset concerned. */
  asset: string;
};

const field = z.string().min(1);

export const settingsSchema = z
  .strictObject({
    group_by: z.array(field).min(1).default([]),
    dedup: timespan.default(3_600_000),
    suppressed_by: z.array(z.enum(suppressors)).default([]),
    asset: field.default('plantwatch.asset.id'),
  })
  .transform((read): Settings => ({
    groupBy: read.group_by,
    dedup: read.dedup,
    suppressedBy: read.suppressed_by,
    asset: read.asset,
  }));
