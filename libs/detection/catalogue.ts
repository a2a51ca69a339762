import type { SigmaDetection, SigmaError } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import { routeOrReason, type LogsourceRouting } from '#pipelines/routing.js';
import { compileRuleset, type Ruleset } from '#engine/ruleset.js';
import type { AlertingRule } from './decision.js';
import { unknownFields } from './known-fields.js';
import { Matching } from './matching.js';

/** @property path as errors name the file */
export interface RuleFile {
  path: string;
  text: string;
}

/** Rules compiled together: what to match with, and what each rule is. */
export interface Catalogue {
  documents: ReadonlyMap<string, SigmaDetection>;
  alerting: ReadonlyMap<string, AlertingRule>;
  matching: Matching;
  errors: SigmaError[];
}

/**
 * @param routing without one every rule is tried on every event
 * @param fields `ours`: a field that Plantwatch's own events never have is an error
 */
export function compileCatalogue(
  files: readonly RuleFile[],
  routing: LogsourceRouting | null,
  fields: 'ours' | 'any' = 'ours',
): Catalogue {
  const parsed = files.map(({ path, text }) => parseSigma(text, path));
  const documents = parsed.flatMap((file) => file.documents);
  const ruleset = compileRuleset(documents, routing);
  const errors = [
    ...parsed.flatMap((file) => file.errors),
    ...ruleset.errors,
    ...(routing ? unroutedErrors(ruleset, routing) : []),
    ...(routing && fields === 'ours' ? unknownFields(ruleset, routing) : []),
  ];
  return {
    documents: new Map(documents.flatMap((document) => (document.kind === 'filter' ? [] : [[document.id, document]]))),
    alerting: alertingOf(ruleset),
    matching: new Matching(ruleset),
    errors: errors.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line),
  };
}

/** Rules that can never match, each with the reason. */
export function unroutedErrors({ unrouted }: Ruleset, routing: LogsourceRouting): SigmaError[] {
  return unrouted.map(({ rule }) => {
    const reason = routeOrReason(rule, routing);
    return { file: rule.file, line: rule.line, message: typeof reason === 'string' ? reason : 'no event matches' };
  });
}

function alertingOf({ rules, correlations }: Ruleset): Map<string, AlertingRule> {
  const alone = [...rules.values()]
    .filter(({ alerts }) => alerts)
    .map(({ rule }) => ({ document: rule, correlation: null }));
  const joint = [...correlations.values()]
    .filter(({ alerts }) => alerts)
    .map((correlation) => ({ document: correlation.document, correlation }));
  return new Map([...alone, ...joint].map((rule) => [rule.document.id, rule]));
}

/** One line for each mistake. */
export function describeErrors(errors: readonly SigmaError[]): string {
  return errors.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n');
}
