import { z } from 'zod';
import { declareJob } from '#platform/jobs.js';

const payload = z.object({ tenantId: z.uuid(), scheduleId: z.uuid() });
export type DueReport = z.output<typeof payload>;

/** A schedule is due; what is to be reported is decided when the job runs. */
export const reportDue = declareJob({ name: 'report-due', queue: 'reports', payload, attempts: 8, backoff: 5000 });

/** One job scheduler a schedule. */
export function schedulerId(scheduleId: string): string {
  return `report.${scheduleId}`;
}
