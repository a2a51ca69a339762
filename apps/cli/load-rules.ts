import { describeErrors, unroutedErrors } from '#detection/catalogue.js';
import { compileRuleset, type Ruleset } from '#engine/ruleset.js';
import type { SigmaError } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import type { LogsourceRouting } from '#pipelines/routing.js';
import { FINDINGS } from './exit.js';
import { loadPipeline } from './pipelines.js';
import { readRuleFiles } from './rule-files.js';

export interface RulesOptions {
  rules: string;
  /** Names or files of processing pipelines, applied in this order. */
  pipeline?: string[];
}

/** Rules ready to match, in the fields of the pipelines; null: events are taken as they are. */
export interface LoadedRules {
  ruleset: Ruleset;
  routing: LogsourceRouting | null;
  errors: SigmaError[];
}

/** Compiles the rules of a folder or file; those with an error, or without a log source among the events, are left out. */
export async function compileRules({ rules: place, pipeline = [] }: RulesOptions): Promise<LoadedRules> {
  const routing = await loadPipeline(...pipeline);
  const parsed = (await readRuleFiles(place)).map(({ path: file, text }) => parseSigma(text, file));
  const documents = parsed.flatMap((file) => file.documents);
  const ruleset = compileRuleset(documents, routing);
  const unrouted = routing ? unroutedErrors(ruleset, routing) : [];
  return { ruleset, routing, errors: [...parsed.flatMap((file) => file.errors), ...ruleset.errors, ...unrouted] };
}

/** As {@link compileRules}; the errors are said on standard error and cost the exit code. */
export async function loadRules(options: RulesOptions): Promise<Omit<LoadedRules, 'errors'>> {
  const { errors, ...loaded } = await compileRules(options);
  reportErrors(errors);
  return loaded;
}

export function reportErrors(errors: readonly SigmaError[]): void {
  if (errors.length === 0) return;
  console.error(describeErrors(errors));
  process.exitCode = FINDINGS;
}
