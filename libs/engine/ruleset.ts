import { baseRules } from './correlation.js';
import type { SigmaDocument, SigmaError, SigmaRule } from '#sigma/document.js';
import type { Expression } from '#sigma/expression.js';
import { EventView } from './event-view.js';
import { link, type CompiledCorrelation } from '#sigma/link.js';
import { routeCorrelations } from '#pipelines/route-correlations.js';
import { route, type LogsourceRouting } from '#pipelines/routing.js';
import { FieldTable } from './field-table.js';
import { RuleIndex } from './rule-index.js';

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

const always: Expression = { kind: 'and', of: [] };

/** The rules of one log source, compiled together: rule `n` is the index's expression `n`. */
type Source = { when: Expression; rules: CompiledRule[]; index: RuleIndex };

const sameRules = (a: readonly CompiledRule[], b: readonly CompiledRule[]): boolean =>
  a.length === b.length && a.every(({ rule }, at) => rule === b[at]!.rule);

/** A set of rules compiled together: every rule whose stateless part an event matches, at a small part of the cost of trying all. */
export class Ruleset {
  readonly rules = new Map<string, CompiledRule>();
  readonly correlations: ReadonlyMap<string, CompiledCorrelation>;
  readonly errors: SigmaError[];
  /** Rules whose log source the routing does not know: they can never match. */
  readonly unrouted: CompiledRule[] = [];
  private readonly fields: FieldTable;
  private readonly view: EventView;
  private readonly sources = new Map<string, Source>();
  private readonly inOrder: readonly Source[];
  /** Which log sources an event has. */
  private readonly router: RuleIndex;

  /** @param previous of the same routing: log sources whose rules are the same objects are not compiled again */
  constructor(
    documents: readonly SigmaDocument[],
    private readonly routing: LogsourceRouting | null,
    previous: Ruleset | null,
  ) {
    const shared = previous?.routing === routing ? previous : null;
    this.fields = shared?.fields ?? new FieldTable();
    this.view = shared?.view ?? new EventView(this.fields);
    const { rules, correlations, silent, errors } = routeCorrelations(link(documents), routing);
    this.correlations = correlations;
    this.errors = errors;
    for (const rule of rules.values()) {
      const alerts = rule.level !== 'informational' && !silent.has(rule.id);
      this.rules.set(rule.id, { id: rule.id, index: this.rules.size, rule, alerts, correlations: [] });
    }
    for (const correlation of correlations.values()) {
      for (const id of baseRules(correlation)) this.rules.get(id)?.correlations.push(correlation);
    }
    for (const [key, { when, rules: members, detections }] of this.bySource()) {
      const known = shared?.sources.get(key);
      const index = known && sameRules(known.rules, members) ? known.index : this.indexOf(detections);
      this.sources.set(key, { when, rules: members, index });
    }
    this.inOrder = [...this.sources.values()];
    this.view.gathers = routing === null && this.inOrder.some(({ index }) => index.readsWhole);
    this.router = this.indexOf(this.inOrder.map(({ when }) => when));
  }

  /**
   * The rules that match the event, in the order of the documents.
   * @param enabled by a rule's `index`: 0 for those that are not wanted; all are without it
   */
  match(event: object, enabled: Uint8Array | null = null): CompiledRule[] {
    this.view.look(event);
    this.router.find();
    const matched: CompiledRule[] = [];
    for (let at = 0; at < this.router.foundCount; at++) {
      const { rules, index } = this.inOrder[this.router.found[at]!]!;
      index.find();
      for (let number = 0; number < index.foundCount; number++) {
        const rule = rules[index.found[number]!]!;
        if (enabled === null || enabled[rule.index] === 1) matched.push(rule);
      }
    }
    return matched.length < 2 ? matched : matched.sort((a, b) => a.index - b.index);
  }

  private indexOf(expressions: readonly Expression[]): RuleIndex {
    return new RuleIndex(this.view, this.fields, expressions);
  }

  private bySource(): Map<string, Omit<Source, 'index'> & { detections: Expression[] }> {
    const sources = new Map<string, Omit<Source, 'index'> & { detections: Expression[] }>();
    for (const compiled of this.rules.values()) {
      const { rule } = compiled;
      const routed = this.routing ? route(rule, this.routing) : { when: always, detection: rule.detection };
      if (!routed) {
        this.unrouted.push(compiled);
        continue;
      }
      const key = this.routing ? JSON.stringify(rule.logsource) : '';
      const source = sources.get(key) ?? { when: routed.when, rules: [], detections: [] };
      source.rules.push(compiled);
      source.detections.push(routed.detection);
      sources.set(key, source);
    }
    return sources;
  }
}

/**
 * Compiles documents of one or many files. References are resolved over all of them; what cannot be resolved is in
 * `errors` and left out. Without a routing every rule is tried on every event.
 * @param previous what was compiled before some of the documents changed: only their log sources are compiled again. It
 * may go on matching, but not at the same time.
 */
export function compileRuleset(
  documents: readonly SigmaDocument[],
  routing: LogsourceRouting | null = null,
  previous: Ruleset | null = null,
): Ruleset {
  return new Ruleset(documents, routing, previous);
}
