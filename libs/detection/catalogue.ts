import type { SigmaDetection, SigmaError } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import type { LogsourceRouting } from '#sigma/routing.js';
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

/** @param routing without one every rule is tried on every event */
export function compileCatalogue(files: readonly RuleFile[], routing: LogsourceRouting | null): Catalogue {
  const parsed = files.map(({ path, text }) => parseSigma(text, path));
  const documents = parsed.flatMap((file) => file.documents);
  const ruleset = compileRuleset(documents, routing);
  const errors = [
    ...parsed.flatMap((file) => file.errors),
    ...ruleset.errors,
    ...unroutedErrors(ruleset),
    ...(routing ? unknownFields(ruleset, routing) : []),
  ];
  return {
    documents: new Map(documents.flatMap((document) => (document.kind === 'filter' ? [] : [[document.id, document]]))),
    alerting: alertingOf(ruleset),
    matching: new Matching(ruleset),
    errors: errors.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line),
  };
}

function unroutedErrors({ unrouted }: Ruleset): SigmaError[] {
  return unrouted.map(({ rule: { file, line, logsource } }) => {
    const source = Object.values(logsource).join(' / ');
    return { file, line, message: `no event has the log source ${source}; correct "logsource", or add a route for it` };
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
