import { z } from 'zod';
import { instant, timeZone } from '#customers/time.js';
import { cronFault } from './report-period.js';

const pattern = z
  .string()
  .trim()
  .max(120)
  .superRefine((text, context) => {
    const fault = cronFault(text);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  });
const kind = z.literal('security_logging');
const channelIds = z.array(z.uuid()).max(20);

export const newSchedule = z.strictObject({
  tenant: z.uuid().optional(),
  kind: kind.default('security_logging'),
  pattern: pattern.describe('Cron: minute hour day month weekday, as in 0 6 * * MON'),
  /** The tenant's unless told. */
  timeZone: timeZone.optional(),
  channelIds: channelIds.default([]),
});
export type NewSchedule = z.output<typeof newSchedule>;

export const scheduleChange = z.strictObject({ pattern, timeZone, channelIds }).partial();
export type ScheduleChange = z.output<typeof scheduleChange>;

export const scheduleAnswer = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  kind,
  pattern: z.string(),
  timeZone: z.string(),
  channelIds,
  createdAt: instant,
});
