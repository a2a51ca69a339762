import type { SigmaCorrelation, SigmaDetection, SigmaDocument, SigmaError, SigmaRule } from './document.js';
import { applyFilters } from './filter.js';
import { placeholdersOf } from './placeholders.js';

/** A correlation with its references resolved; a step is the id of a rule, or another correlation. */
export type CompiledCorrelation = {
  id: string;
  document: SigmaCorrelation;
  steps: (string | CompiledCorrelation)[];
  /** Fields to group by, for each base rule, aliases resolved. */
  groupFields: ReadonlyMap<string, readonly string[]>;
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
    const groupFields = this.groupFields(document, resolved);
    if (!groupFields) return null;
    const compiled: CompiledCorrelation = { id: document.id, document, steps: resolved, groupFields, alerts: true };
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

  /** Grouping must be the same at every level, since a group's members are judged together. */
  private groupFields(
    document: SigmaCorrelation,
    steps: (string | CompiledCorrelation)[],
  ): Map<string, string[]> | null {
    const { aliases, groupBy } = document;
    const unknown = Object.values(aliases)
      .flatMap(Object.keys)
      .find((name) => !this.byName.has(name));
    if (unknown !== undefined)
      return this.refuse(document, `an alias names "${unknown}", which no rule has as id or name`);
    const found = new Map<string, string[]>();
    const add = (rule: string, fields: readonly string[]): boolean => {
      const other = found.get(rule);
      found.set(rule, [...fields]);
      return other === undefined || other.join() === fields.join();
    };
    for (const step of steps) {
      const entries =
        typeof step === 'string' ? [[step, this.fieldsOf(document, step)] as const] : [...step.groupFields];
      for (const [rule, fields] of entries) {
        const agrees = add(rule, fields) && fields.length === groupBy.length;
        const same = typeof step === 'string' || fields.join() === this.fieldsOf(document, rule).join();
        if (!agrees || !same) {
          return this.refuse(
            document,
            `"group-by" differs from that of "${typeof step === 'string' ? rule : step.id}"; use the same fields in both`,
          );
        }
      }
    }
    return found;
  }

  private fieldsOf({ groupBy, aliases }: SigmaCorrelation, ruleId: string): string[] {
    const name = this.rules.get(ruleId)?.name;
    return groupBy.map((field) => {
      const alias = Object.hasOwn(aliases, field) ? aliases[field]! : {};
      return alias[ruleId] ?? (name === undefined ? undefined : alias[name]) ?? field;
    });
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
