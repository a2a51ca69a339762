import { compileCatalogue } from '#detection/catalogue.js';
import { loadPipeline, OURS } from './pipelines.js';
import { printReport, type Format } from './report.js';
import { readRuleFiles } from './rule-files.js';

export interface CheckOptions {
  format: Format;
  /** With it, rules whose log source no event has are mistakes too. */
  pipeline?: string[];
}

export async function checkRules(place: string, { format, pipeline = [] }: CheckOptions): Promise<void> {
  const fields = pipeline.includes(OURS) ? 'ours' : 'any';
  const files = await readRuleFiles(place);
  const { documents, errors } = compileCatalogue(files, await loadPipeline(...pipeline), fields);
  const findings = errors.map((error) => ({ kind: 'sigma/mistake', ...error }));
  const json = { files: files.length, rules: documents.size, ok: errors.length === 0, errors };
  const summary = `${files.length} files, ${documents.size} rules, ${errors.length} errors`;
  printReport({ findings, json, summary }, format);
}
