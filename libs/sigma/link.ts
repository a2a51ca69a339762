import { checkAliases, checkGroups, fieldsByRule, type FieldsByRule } from './correlation-fields.js';
import type { SigmaCorrelation, SigmaDetection, SigmaDocument, SigmaError, SigmaRule } from './document.js';
import { Fault } from './fault.js';
import { applyFilters } from './filter.js';
import { placeholdersOf } from './placeholders.js';

/** A correlation with its references resolved; a step is the id of a rule, or another correlation. */
export type CompiledCorrelation = {
  id: string;
  document: SigmaCorrelation;
  steps: (string | CompiledCorrelation)[];
  /** Fields to group by, for each base rule, aliases resolved. */
  groupFields: FieldsByRule;
  /** Fields whose value a value type reads, for each base rule, aliases resolved; none for other types. */
  valueFields: FieldsByRule;
  /** Raises alerts of its own: not informational, and not merely a part of another correlation. */
  alerts: boolean;
};

/** Rules and correlations by id, with every reference resolved. */
export type Linked = {
  rules: Map<string, SigmaRule>;
  correlations: Map<string, CompiledCorrelation>;
  /** Ids of rules and correlations that raise no alerts of their own. */
  silent: Set<string>;
  errors: SigmaError[];
};

class Linker {
  readonly errors: SigmaError[] = [];
  readonly rules = new Map<string, SigmaRule>();
  readonly correlations = new Map<string, CompiledCorrelation>();
  private readonly byName = new Map<string, SigmaDetection>();
  private readonly open = new Set<string>();
  private readonly failed = new Set<string>();

  constructor(documents: readonly SigmaDocument[]) {
    for (const document of documents) if (document.kind !== 'filter') this.register(document);
    this.refuseUnexpanded();
    const filters = documents.filter((document) => document.kind === 'filter');
    this.errors.push(...applyFilters(this.rules, filters, (name) => this.byName.get(name)));
    for (const document of this.byName.values()) {
      if (document.kind === 'correlation') this.link(document);
    }
  }

  /** A placeholder without its list matches nothing that is meant. */
  private refuseUnexpanded(): void {
    for (const rule of this.rules.values()) {
      const lists = [...placeholdersOf(rule.detection)];
      if (lists.length === 0) continue;
      this.refuse(rule, `the rule needs the list "${lists.join('", "')}"; give its values`);
      this.rules.delete(rule.id);
    }
  }

  private register(document: SigmaDetection): void {
    const names = new Set([document.id, ...(document.name === undefined ? [] : [document.name])]);
    const taken = [...names].find((name) => this.byName.has(name));
    if (taken !== undefined) {
      const other = this.byName.get(taken)!;
      this.refuse(
        document,
        `"${taken}" is already used in ${other.file} line ${other.line}; give it an id or name of its own`,
      );
      return;
    }
    for (const name of names) this.byName.set(name, document);
    if (document.kind === 'rule') this.rules.set(document.id, document);
  }

  private refuse(document: SigmaDetection, message: string): null {
    this.errors.push({ file: document.file, line: document.line, message });
    this.failed.add(document.id);
    return null;
  }

  private link(document: SigmaCorrelation): CompiledCorrelation | null {
    const known = this.correlations.get(document.id);
    if (known) return known;
    if (this.failed.has(document.id)) return null;
    if (this.open.has(document.id)) return this.refuse(document, 'the correlation refers to itself; break the circle');
    this.open.add(document.id);
    const steps = document.rules.map((name) => this.step(document, name));
    this.open.delete(document.id);
    const resolved = steps.filter((step) => step !== null);
    if (resolved.length < steps.length || this.failed.has(document.id)) return null;
    const fields = this.fields(document, resolved);
    if (!fields) return null;
    const compiled: CompiledCorrelation = { id: document.id, document, steps: resolved, ...fields, alerts: true };
    this.correlations.set(document.id, compiled);
    return compiled;
  }

  private step(document: SigmaCorrelation, name: string): string | CompiledCorrelation | null {
    const target = this.byName.get(name);
    if (!target) return this.refuse(document, `the correlation names "${name}", which no rule has as id or name`);
    if (target.kind === 'rule' && this.rules.has(target.id)) return target.id;
    const linked = target.kind === 'rule' ? null : this.link(target);
    return linked ?? this.refuse(document, `the correlation names "${name}", which has an error itself`);
  }

  private fields(document: SigmaCorrelation, steps: CompiledCorrelation['steps']) {
    const correlation = { document, steps };
    try {
      if (new Set(steps).size < steps.length) throw new Fault('a rule is named twice, by id and by name; name it once');
      checkAliases(document, this.namesIn(steps));
      const groupFields = fieldsByRule(correlation, document.groupBy, this.rules);
      checkGroups(correlation, groupFields);
      return { groupFields, valueFields: fieldsByRule(correlation, document.valueFields, this.rules) };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return this.refuse(document, error.message);
    }
  }

  private namesIn(steps: CompiledCorrelation['steps']): Set<string> {
    const names = steps.flatMap((step) => {
      const { id, name = id } = typeof step === 'string' ? this.rules.get(step)! : step.document;
      return [id, name, ...(typeof step === 'string' ? [] : this.namesIn(step.steps))];
    });
    return new Set(names);
  }
}

/** Ids of what only serves a correlation: it raises no alerts of its own, unless a correlation says `generate`. */
function parts(correlations: Iterable<CompiledCorrelation>): Set<string> {
  const used = new Set<string>();
  const generated = new Set<string>();
  for (const { steps, document } of correlations) {
    for (const step of steps) (document.generate ? generated : used).add(typeof step === 'string' ? step : step.id);
  }
  return new Set([...used].filter((id) => !generated.has(id)));
}

/** Resolves names and ids between documents; a document with an unresolved reference is left out with an error. */
export function link(documents: readonly SigmaDocument[]): Linked {
  const { rules, correlations, errors } = new Linker(documents);
  const silent = parts(correlations.values());
  for (const correlation of correlations.values()) {
    correlation.alerts = correlation.document.level !== 'informational' && !silent.has(correlation.id);
  }
  return { rules, correlations, silent, errors };
}
