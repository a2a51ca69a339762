import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import { canHold, type Seen } from '#pipelines/can-hold.js';
import type { Logsource, SigmaRule } from '#sigma/document.js';
import type { Expression } from '#sigma/expression.js';
import { fieldsOf } from '#sigma/expression-walk.js';
import type { CompiledCorrelation } from '#sigma/link.js';

/** A rule in the terms of our events; `when` are the events of its log source. */
export interface RoutedRule {
  rule: SigmaRule;
  when: Expression;
  detection: Expression;
}

/** Why a rule can never fire: its log source has no events, or none of them has fields that it needs. */
export interface Obstacle {
  logsource: Logsource | null;
  fields: string[];
}

/** What a tenant's kept events have. */
export interface Evidence {
  /** Mapped fields that any of them has. */
  fields: ReadonlySet<string>;
  /** Log sources, as {@link sourceKey} names them, to which any of them belongs. */
  sources: ReadonlySet<string>;
}

export const sourceKey = (logsource: Logsource): string => JSON.stringify(logsource);

/** Elasticsearch knows the mapped fields only; of the others nothing is said. */
const seenIn =
  ({ fields }: Evidence): Seen =>
  (field) =>
    !Object.hasOwn(MAPPED_FIELDS, field) || fields.has(field);

/** The mapped fields that rules read. */
export function mappedFields(rules: Iterable<RoutedRule>): string[] {
  const read = [...rules].flatMap(({ detection }) => fieldsOf(detection));
  return [...new Set(read)].filter((field) => Object.hasOwn(MAPPED_FIELDS, field));
}

/** Why a rule can never fire on events such as these; null if it can, or if nothing speaks against it. */
export function obstacleOf({ rule, detection }: RoutedRule, evidence: Evidence): Obstacle | null {
  const seen = seenIn(evidence);
  const hasSource = evidence.sources.has(sourceKey(rule.logsource));
  const possible = canHold(detection, seen);
  if (hasSource && possible) return null;
  return {
    logsource: hasSource ? null : rule.logsource,
    fields: possible ? [] : fieldsOf(detection).filter((field) => !seen(field)),
  };
}

/**
 * The rules without which a correlation can never be fulfilled: all that it counts, or any one of those that must come
 * together. Empty if it can be.
 */
export function missingRules(correlation: CompiledCorrelation, isBlocked: (rule: string) => boolean): string[] {
  const blocked = correlation.steps.filter((step) =>
    typeof step === 'string' ? isBlocked(step) : missingRules(step, isBlocked).length > 0,
  );
  const ids = blocked.map((step) => (typeof step === 'string' ? step : step.id));
  const together = correlation.document.type.startsWith('temporal');
  return together || blocked.length === correlation.steps.length ? ids : [];
}
