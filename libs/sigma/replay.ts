import { evaluate, groupKey, type CompiledCorrelation, type Member } from './correlation.js';
import { readField } from './event-view.js';
import type { CompiledRule, Ruleset } from './ruleset.js';
import { sessions } from './window.js';

/** An event with what the rules want to know of it: identity, event time (ms), arrival order, how many it stands for. */
export type Seen = { event: object; id: string; time: number; order: string; weight?: number };

/** One alert that a rule or correlation raises over a stretch of history. */
export type Raised = { id: string; group: string; members: Member[] };

type Groups = Map<string, { raisedBy: CompiledRule | CompiledCorrelation; group: string; members: Member[] }>;

function join(groups: Groups, raisedBy: CompiledRule | CompiledCorrelation, group: string, member: Member): void {
  const key = `${raisedBy.id}\n${group}`;
  const known = groups.get(key);
  if (known) known.members.push(member);
  else groups.set(key, { raisedBy, group, members: [member] });
}

/** What a correlation, or one inside it, counts of this rule's events. */
function valueOf(correlation: CompiledCorrelation, rule: string, event: object): string | undefined {
  const { valueFields } = correlation.document;
  if (valueFields.length > 0 && correlation.steps.includes(rule)) return groupKey(event, valueFields) ?? undefined;
  for (const step of correlation.steps) {
    const value = typeof step === 'string' ? undefined : valueOf(step, rule, event);
    if (value !== undefined) return value;
  }
  return undefined;
}

/**
 * The alerts that events raise, all at once and without suppression: what the same events raise when they come one by one.
 * A single-event rule's matches of one group make one alert while they lie no more than its `dedup` apart.
 */
export function replay(ruleset: Ruleset, history: readonly Seen[]): Raised[] {
  const groups: Groups = new Map();
  for (const { event, ...seen } of history) {
    for (const compiled of ruleset.match(event)) {
      const member = { ...seen, rule: compiled.id };
      const own = compiled.rule.settings.groupBy.map((field) => readField(event, field) ?? null);
      if (compiled.alerts) join(groups, compiled, JSON.stringify(own), member);
      for (const correlation of compiled.correlations.filter(({ alerts }) => alerts)) {
        const group = groupKey(event, correlation.groupFields.get(compiled.id) ?? []);
        if (group !== null)
          join(groups, correlation, group, { ...member, value: valueOf(correlation, compiled.id, event) });
      }
    }
  }
  return [...groups.values()].flatMap(({ raisedBy, group, members }) => {
    const runs =
      'rule' in raisedBy
        ? sessions(members, raisedBy.rule.settings.dedup)
        : evaluate(raisedBy, members).map((it) => it.members);
    return runs.map((run) => ({ id: raisedBy.id, group, members: run }));
  });
}
