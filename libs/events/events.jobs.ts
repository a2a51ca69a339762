import { z } from 'zod';
import { declareJob } from '#platform/jobs.js';

/** Roll-over and retention of every tenant's indices. */
export const tendIndices = declareJob({
  name: 'tend-indices',
  queue: 'events',
  payload: z.object({}),
  attempts: 3,
  backoff: 5_000,
});
