import { baseRules } from './correlation.js';
import type { SigmaDocument, SigmaError, SigmaRule } from '#sigma/document.js';
import type { Expression } from '#sigma/expression.js';
import { EventView } from './event-view.js';
import { link, type CompiledCorrelation } from '#sigma/link.js';
import { routeCorrelations } from '#sigma/route-correlations.js';
import { route, type LogsourceRouting } from '#sigma/routing.js';
import { FieldTable } from './field-table.js';
import { RuleIndex, type Entry } from './rule-index.js';

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

type Member = Entry<CompiledRule>;

/** A set of rules compiled together: every rule whose stateless part an event matches, at a small part of the cost of trying all. */
export class Ruleset {
  readonly rules = new Map<string, CompiledRule>();
  readonly correlations: ReadonlyMap<string, CompiledCorrelation>;
  readonly errors: SigmaError[];
  /** Rules whose log source the routing does not know: they can never match. */
  readonly unrouted: CompiledRule[] = [];
  private readonly fields = new FieldTable();
  private readonly view = new EventView(this.fields);
  private readonly active: RuleIndex<CompiledRule>[] = [];
  /** Log sources, each with its rules. */
  private readonly sources: RuleIndex<RuleIndex<CompiledRule>>;

  constructor(documents: readonly SigmaDocument[], routing: LogsourceRouting | null) {
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
    const sources = [...this.bySource(routing).values()].map(({ when, rules: members }) => {
      return { item: new RuleIndex(this.view, this.fields, members), expression: when };
    });
    this.sources = new RuleIndex(this.view, this.fields, sources);
  }

  /** The rules that match the event, in the order of the documents. */
  match(event: object): CompiledRule[] {
    this.view.look(event);
    const matched: CompiledRule[] = [];
    this.active.length = 0;
    this.sources.find(this.active);
    for (let at = 0; at < this.active.length; at++) this.active[at]!.find(matched);
    return matched.length < 2 ? matched : matched.sort((a, b) => a.index - b.index);
  }

  private bySource(routing: LogsourceRouting | null): Map<string, { when: Expression; rules: Member[] }> {
    const sources = new Map<string, { when: Expression; rules: Member[] }>();
    for (const compiled of this.rules.values()) {
      const { rule } = compiled;
      const routed = routing ? route(rule, routing) : { when: always, detection: rule.detection };
      if (!routed) {
        this.unrouted.push(compiled);
        continue;
      }
      const key = routing ? JSON.stringify(rule.logsource) : '';
      const source = sources.get(key) ?? { when: routed.when, rules: [] };
      source.rules.push({ item: compiled, expression: routed.detection });
      sources.set(key, source);
    }
    return sources;
  }
}

/**
 * Compiles documents of one or many files. References are resolved over all of them; what cannot be resolved is in
 * `errors` and left out. Without a routing every rule is tried on every event.
 */
export function compileRuleset(documents: readonly SigmaDocument[], routing: LogsourceRouting | null = null): Ruleset {
  return new Ruleset(documents, routing);
}
