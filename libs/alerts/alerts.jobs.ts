import { z } from 'zod';
import { declareJob } from '#platform/jobs.js';

/** Wakes one tenant's steps at their time; the rows say what is due. */
export const escalateJob = declareJob({
  name: 'alerts.escalate',
  queue: 'escalation',
  payload: z.object({ tenantId: z.uuid() }),
  attempts: 3,
  backoff: 1_000,
});

/** Finds what is due and was not woken. */
export const escalationSweepJob = declareJob({
  name: 'alerts.escalation-sweep',
  queue: 'escalation-sweep',
  payload: z.object({}),
  attempts: 1,
  backoff: 1_000,
});
