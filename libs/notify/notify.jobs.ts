import { z } from 'zod';
import { declareJob } from '#platform/jobs.js';

export const deliverJob = declareJob({
  name: 'notify.deliver',
  queue: 'notify',
  payload: z.object({ tenantId: z.uuid(), deliveryId: z.uuid() }),
  attempts: 8,
  backoff: 5_000,
});

/** Wakes deliveries whose job was lost between the commit and the queue, or with Redis. */
export const deliverySweepJob = declareJob({
  name: 'notify.sweep',
  queue: 'notify-sweep',
  payload: z.object({}),
  attempts: 1,
  backoff: 1_000,
});
