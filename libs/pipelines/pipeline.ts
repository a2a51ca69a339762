import { z } from 'zod';
import type { SigmaError } from '#sigma/document.js';
import { readPages } from '#sigma/pages.js';
import { explainIssue, processingItems, type ProcessingItem } from './processing-item.js';

/** A processing pipeline as pySigma writes them: how a schema names what Sigma's rules name. */
export type Pipeline = {
  name: string;
  priority: number;
  /** Names of the pipelines that belong to it, of the variable `extends`. */
  extends: string[];
  /** Values for placeholders. */
  vars: Record<string, unknown>;
  items: ProcessingItem[];
};

const none = (what: string) =>
  z.array(z.unknown()).max(0, `${what} change the text of queries, and matching has none; remove them`).default([]);

const pipelineSchema = z.strictObject({
  name: z.string().min(1).optional(),
  priority: z.int().default(0),
  vars: z.looseObject({ extends: z.array(z.string().min(1)).default([]) }).prefault({}),
  transformations: processingItems.default([]),
  /** Says which converters may use it; matching is none of them. */
  allowed_backends: z.array(z.string()).optional(),
  postprocessing: none('postprocessing items'),
  finalizers: none('finalizers'),
});

/**
 * Reads a processing pipeline of pySigma's format. Nothing in it is ignored: a type of transformation or condition that is
 * not covered is an error with its line, and a pipeline with an error is null.
 */
export function parsePipeline(text: string, file: string): { pipeline: Pipeline | null; errors: SigmaError[] } {
  const { pages, errors } = readPages(text, file);
  const [page] = pages;
  if (pages.length > 1) {
    errors.push({ file, line: pages[1]!.line, message: 'a file holds one pipeline; write the second into its own' });
  }
  if (!page || errors.length > 0) return { pipeline: null, errors };
  const read = pipelineSchema.safeParse(page.value);
  for (const issue of read.error?.issues ?? []) {
    for (const { path, message } of explainIssue(issue)) {
      errors.push({
        file,
        line: page.lineOf(path),
        message: `${path.map(String).join('.') || 'pipeline'}: ${message}`,
      });
    }
  }
  if (!read.success) return { pipeline: null, errors };
  const { name = file, priority, transformations: items } = read.data;
  const { extends: parents, ...vars } = read.data.vars;
  return { pipeline: { name, priority, extends: parents, vars, items }, errors };
}
