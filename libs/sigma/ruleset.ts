import { baseRules, type CompiledCorrelation } from './correlation.js';
import type { SigmaDocument, SigmaError, SigmaRule } from './document.js';
import { EventView } from './event-view.js';
import type { Expression } from './expression.js';
import { link } from './link.js';
import { compileExpression, type Predicate } from './matcher.js';
import { route, type LogsourceRouting, type Routed } from './routing.js';
import { chooseWitnesses } from './witness.js';

/** A rule ready to match. `index` counts from 0 over the whole set, for bitmaps. */
export type CompiledRule = {
  id: string;
  index: number;
  rule: SigmaRule;
  /** Raises alerts of its own: not informational, and not merely a part of a correlation. */
  alerts: boolean;
  /** The correlations that count its matches, directly or through another correlation. */
  correlations: CompiledCorrelation[];
};

type Candidate = { compiled: CompiledRule; holds: Predicate; triedAt: number };
type Indexed = { slot: number; byValue: Map<string, Candidate[]>; present: Candidate[] };

/** The rules of one log source: those with a witness under its value or field, the others tried on every event. */
type Partition = { applies: Predicate; indexed: Indexed[]; others: Candidate[] };

const unrestricted: Routed = { when: { kind: 'and', of: [] }, fields: new Map() };

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** A set of rules compiled together: every rule whose stateless part an event matches, at a small part of the cost of trying all. */
export class Ruleset {
  readonly rules = new Map<string, CompiledRule>();
  readonly correlations: ReadonlyMap<string, CompiledCorrelation>;
  readonly errors: SigmaError[];
  /** Rules whose log source the routing does not know: they can never match. */
  readonly unrouted: CompiledRule[] = [];
  private readonly view = new EventView();
  private readonly partitions: Partition[] = [];

  constructor(documents: readonly SigmaDocument[], routing: LogsourceRouting | null) {
    const { rules, correlations, silent, errors } = link(documents);
    this.correlations = correlations;
    this.errors = errors;
    for (const rule of rules.values()) {
      const alerts = rule.level !== 'informational' && !silent.has(rule.id);
      this.rules.set(rule.id, { id: rule.id, index: this.rules.size, rule, alerts, correlations: [] });
    }
    for (const correlation of correlations.values()) {
      for (const id of baseRules(correlation)) this.rules.get(id)?.correlations.push(correlation);
    }
    for (const { routed, rules: members } of this.bySource(routing).values()) {
      this.partitions.push(this.partition(routed, members));
    }
  }

  /** The rules that match the event, in the order of the documents. */
  match(event: object): CompiledRule[] {
    const { view } = this;
    view.look(event);
    const matched: CompiledRule[] = [];
    for (const { applies, indexed, others } of this.partitions) {
      if (!applies(view)) continue;
      for (const { slot, byValue, present } of indexed) {
        const content = view.lower(slot);
        if (content === undefined) continue;
        if (typeof content === 'string') this.tryAll(byValue.get(content), matched);
        else for (const one of content) this.tryAll(byValue.get(one), matched);
        this.tryAll(present, matched);
      }
      this.tryAll(others, matched);
    }
    return matched.length < 2 ? matched : matched.sort((a, b) => a.index - b.index);
  }

  private tryAll(candidates: Candidate[] | undefined, matched: CompiledRule[]): void {
    if (!candidates) return;
    const { view } = this;
    for (const candidate of candidates) {
      if (candidate.triedAt === view.epoch) continue;
      candidate.triedAt = view.epoch;
      if (candidate.holds(view)) matched.push(candidate.compiled);
    }
  }

  private bySource(routing: LogsourceRouting | null): Map<string, { routed: Routed; rules: CompiledRule[] }> {
    const sources = new Map<string, { routed: Routed; rules: CompiledRule[] }>();
    for (const compiled of this.rules.values()) {
      const { category, product, service } = compiled.rule.logsource;
      const key = routing ? JSON.stringify([category, product, service]) : '';
      const routed = sources.get(key)?.routed ?? (routing ? route(compiled.rule.logsource, routing) : unrestricted);
      if (!routed) this.unrouted.push(compiled);
      else if (sources.has(key)) sources.get(key)!.rules.push(compiled);
      else sources.set(key, { routed, rules: [compiled] });
    }
    return sources;
  }

  private partition({ when, fields }: Routed, rules: CompiledRule[]): Partition {
    const applies = compileExpression(when, this.view);
    const witnesses = chooseWitnesses(rules.map(({ rule }): Expression => rule.detection));
    const indexes = new Map<number, Indexed>();
    const others: Candidate[] = [];
    for (const [at, compiled] of rules.entries()) {
      const holds = compileExpression(compiled.rule.detection, this.view, fields);
      const candidate = { compiled, holds, triedAt: 0 };
      const chosen = witnesses[at];
      if (!chosen) others.push(candidate);
      for (const { field, value } of chosen ?? []) {
        const slot = this.view.slot(fields.get(field) ?? field);
        const indexed = getOrAdd(indexes, slot, () => ({ slot, byValue: new Map<string, Candidate[]>(), present: [] }));
        const list = value === null ? indexed.present : getOrAdd(indexed.byValue, value, () => []);
        list.push(candidate);
      }
    }
    return { applies, indexed: [...indexes.values()], others };
  }
}

/**
 * Compiles documents of one or many files. References are resolved over all of them; what cannot be resolved is in
 * `errors` and left out. Without a routing every rule is tried on every event.
 */
export function compileRuleset(documents: readonly SigmaDocument[], routing: LogsourceRouting | null = null): Ruleset {
  return new Ruleset(documents, routing);
}
