import type { z } from 'zod';

/** A kind of background work, declared once: who adds it and who runs it share this. */
export interface JobDeclaration<P> {
  name: string;
  queue: string;
  payload: z.ZodType<P>;
  attempts: number;
  /** First pause between attempts in milliseconds; doubles each time. */
  backoff: number;
}

export function declareJob<P>(job: JobDeclaration<P>): JobDeclaration<P> {
  return job;
}
