import { z } from 'zod';
import type { SigmaError } from './document.js';
import { readPages } from './pages.js';

/**
 * What one stretch of history must raise. `lines` are as a source sends them, `events` are already normalised; `context` is
 * what enrichment adds to each of them; `alerts` names a rule once for each alert that it raises.
 */
export type Fixture = {
  name: string;
  line: number;
  lines: string[];
  events: Record<string, unknown>[];
  context: Record<string, unknown>;
  alerts: string[];
};

const anObject = z.record(z.string(), z.unknown());
const fixturesSchema = z.strictObject({
  cases: z
    .array(
      z
        .strictObject({
          name: z.string().min(1),
          lines: z.array(z.string().min(1)).default([]),
          events: z.array(anObject).default([]),
          context: anObject.default({}),
          alerts: z.array(z.string().min(1)),
        })
        .refine(({ lines, events }) => lines.length + events.length > 0, 'give lines or events'),
    )
    .min(1),
});

/** Reads a `NAME.fixtures.yml` file. */
export function parseFixtures(text: string, file: string): { fixtures: Fixture[]; errors: SigmaError[] } {
  const { pages, errors } = readPages(text, file);
  const fixtures: Fixture[] = [];
  for (const page of pages) {
    const read = fixturesSchema.safeParse(page.value);
    for (const { path, message } of read.error?.issues ?? []) {
      errors.push({ file, line: page.lineOf(path), message: `${path.map(String).join('.')}: ${message}` });
    }
    for (const [index, one] of (read.data?.cases ?? []).entries()) {
      fixtures.push({ ...one, line: page.lineOf(['cases', index]) });
    }
  }
  return { fixtures, errors };
}
