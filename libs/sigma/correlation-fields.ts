import type { SigmaCorrelation, SigmaRule } from './document.js';
import { Fault } from './fault.js';
import type { CompiledCorrelation } from './link.js';

type Correlation = Pick<CompiledCorrelation, 'document' | 'steps'>;
type Rules = ReadonlyMap<string, SigmaRule>;

/** For each base rule, the fields of its events, aliases resolved. */
export type FieldsByRule = ReadonlyMap<string, readonly string[]>;

/** The base rules with what `field` means for their events: an outer alias wins over an inner one, a rule over a step. */
function* meanings({ document, steps }: Correlation, field: string, rules: Rules): Generator<[string, string]> {
  const alias = new Map(Object.entries(Object.hasOwn(document.aliases, field) ? document.aliases[field]! : {}));
  const aliasOf = (id: string, name: string | undefined) => alias.get(id) ?? alias.get(name ?? id);
  for (const step of steps) {
    if (typeof step === 'string') {
      yield [step, aliasOf(step, rules.get(step)?.name) ?? field];
      continue;
    }
    const ofStep = aliasOf(step.id, step.document.name);
    for (const [rule, inner] of meanings(step, field, rules)) {
      yield [rule, aliasOf(rule, rules.get(rule)?.name) ?? ofStep ?? inner];
    }
  }
}

/** @throws Fault when a base rule is reached in two ways that read different fields of it */
export function fieldsByRule(correlation: Correlation, fields: readonly string[], rules: Rules): FieldsByRule {
  const found = new Map<string, string[]>();
  for (const [at, field] of fields.entries()) {
    for (const [rule, meaning] of meanings(correlation, field, rules)) {
      const list = found.get(rule) ?? [];
      if (list[at] !== undefined && list[at] !== meaning) {
        throw new Fault(
          `"${field}" is both "${list[at]}" and "${meaning}" for "${rule}"; name one field in the aliases`,
        );
      }
      list[at] = meaning;
      found.set(rule, list);
    }
  }
  return found;
}

/**
 * A chained correlation is judged inside one group of the outer one, so each of its groups must lie within one of those.
 * @throws Fault when a chained correlation leaves out a field of the outer "group-by"
 */
export function checkGroups({ steps }: Correlation, groupFields: FieldsByRule): void {
  for (const step of steps) {
    if (typeof step === 'string') continue;
    for (const [rule, fields] of groupFields) {
      const inner = step.groupFields.get(rule);
      const missing = inner && fields.find((field) => !inner.includes(field));
      if (missing) {
        throw new Fault(
          `"${step.id}" does not group by "${missing}"; add the field to its "group-by", or take it out here`,
        );
      }
    }
  }
}

/** @throws Fault when an alias names what is no part of the correlation */
export function checkAliases({ aliases }: SigmaCorrelation, parts: ReadonlySet<string>): void {
  const unknown = Object.values(aliases)
    .flatMap(Object.keys)
    .find((name) => !parts.has(name));
  if (unknown !== undefined) throw new Fault(`an alias names "${unknown}", which is not among the rules correlated`);
}
