import { compileCatalogue } from '#detection/catalogue.js';
import { loadNamedRouting } from './load-rules.js';
import { printReport, type Format } from './report.js';
import { readRuleFiles } from './rule-files.js';

export interface CheckOptions {
  format: Format;
  /** With it, rules whose log source or fields no event has are mistakes too. */
  logsources?: string;
}

export async function checkRules(place: string, { format, logsources }: CheckOptions): Promise<void> {
  const files = await readRuleFiles(place);
  const routing = logsources === undefined ? null : await loadNamedRouting(logsources);
  const { documents, errors } = compileCatalogue(files, routing);
  const findings = errors.map((error) => ({ kind: 'sigma/mistake', ...error }));
  const json = { files: files.length, rules: documents.size, ok: errors.length === 0, errors };
  const summary = `${files.length} files, ${documents.size} rules, ${errors.length} errors`;
  printReport({ findings, json, summary }, format);
}
