import { z } from 'zod';
import { declareJob } from '#platform/jobs.js';
import { ruleMatch } from './rule-match.js';

const payload = z.object({ tenantId: z.uuid(), matches: z.array(ruleMatch).min(1) });
export type DecideMatches = z.infer<typeof payload>;

export const decideMatches = declareJob({
  name: 'decide-matches',
  queue: 'detection',
  payload,
  attempts: 15,
  backoff: 500,
});
