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
  /** The IANA time zone in which the rule's `hour`, `day` and other parts of times are meant. */
  timezone: string;
};

const field = z.string().min(1);

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const timezone = z.string().refine(isZone, 'name a time zone such as Europe/Zurich, or UTC');

export const settingsSchema = z
  .strictObject({
    group_by: z.array(field).min(1).default([]),
    dedup: timespan.default(3_600_000),
    suppressed_by: z.array(z.enum(suppressors)).default([]),
    asset: field.default('plantwatch.asset.id'),
    timezone: timezone.default('UTC'),
  })
  .transform((read): Settings => ({
    groupBy: read.group_by,
    dedup: read.dedup,
    suppressedBy: read.suppressed_by,
    asset: read.asset,
    timezone: read.timezone,
  }));
