import { compileCatalogue, describeErrors } from '#detection/catalogue.js';
import { loadPipeline } from './pipelines.js';
import { readRuleFiles } from './rule-files.js';

export interface CheckOptions {
  json?: boolean;
  pipeline?: string[];
}

export async function checkRules(place: string, json: boolean, pipeline: string[] = []): Promise<void> {
  const fields = pipeline.includes('ot') ? 'ours' : 'any';
  const files = await readRuleFiles(place);
  const { documents, errors } = compileCatalogue(files, await loadPipeline(...pipeline), fields);
  const ok = errors.length === 0;
  if (!json && !ok) console.log(describeErrors(errors));
  if (json) console.log(JSON.stringify({ files: files.length, rules: documents.size, ok, errors }));
  else console.log(`${files.length} files, ${documents.size} rules, ${errors.length} errors`);
  if (!ok) process.exitCode = 1;
}
