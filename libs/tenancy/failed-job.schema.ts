import { z } from 'zod';

export const failedJobsQuery = z.object({ tenant: z.uuid().optional() });

export const failedJobs = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      queue: z.string(),
      name: z.string(),
      reason: z.string(),
      attempts: z.number(),
      failedAt: z.iso.datetime().nullable(),
    }),
  ),
  next: z.null(),
});
export type FailedJobList = z.input<typeof failedJobs>;

export const replayBody = z.strictObject({ queue: z.string().min(1).max(60), id: z.string().min(1).max(300) });
