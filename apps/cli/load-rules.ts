import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeErrors } from '#detection/catalogue.js';
import { compileRuleset, type Ruleset } from '#engine/ruleset.js';
import type { SigmaError } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import { parseRouting, type LogsourceRouting } from '#sigma/routing.js';
import { FINDINGS } from './exit.js';
import { readRuleFiles } from './rule-files.js';

export interface RulesOptions {
  rules: string;
  /** Names or files of processing pipelines, applied in this order. */
  pipeline?: string[];
}

/** Compiles the rules of a folder or file; those with an error are left out. */
export async function compileRules(
  { rules: place }: RulesOptions,
  routing: LogsourceRouting | null = null,
): Promise<{ ruleset: Ruleset; errors: SigmaError[] }> {
  const parsed = (await readRuleFiles(place)).map(({ path: file, text }) => parseSigma(text, file));
  const documents = parsed.flatMap((file) => file.documents);
  const ruleset = compileRuleset(documents, routing);
  return { ruleset, errors: [...parsed.flatMap((file) => file.errors), ...ruleset.errors] };
}

/** As {@link compileRules}; the errors are said on standard error and cost the exit code. */
export async function loadRules(options: RulesOptions, routing: LogsourceRouting | null = null): Promise<Ruleset> {
  const { ruleset, errors } = await compileRules(options, routing);
  reportErrors(errors);
  return ruleset;
}

export function reportErrors(errors: readonly SigmaError[]): void {
  if (errors.length === 0) return;
  console.error(describeErrors(errors));
  process.exitCode = FINDINGS;
}

/** Reads a routing table. @throws Error that says what is wrong with it */
export async function loadNamedRouting(file: string): Promise<LogsourceRouting> {
  const { routing, errors } = parseRouting(await readFile(file, 'utf8'), file);
  if (errors.length > 0) throw new Error(describeErrors(errors));
  return routing;
}

/** The routing that is named, or the `logsources.yml` in the rules' folder or the one above; null when there is none. */
export async function loadRouting(place: string, named: string | undefined): Promise<LogsourceRouting | null> {
  const near = [place, path.dirname(path.resolve(place))].map((folder) => path.join(folder, 'logsources.yml'));
  const file = named ?? near.find((one) => existsSync(one));
  return file === undefined ? null : loadNamedRouting(file);
}
