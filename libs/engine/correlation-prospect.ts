import type { Bound } from '#sigma/document.js';
import type { CompiledCorrelation } from '#sigma/link.js';

/** What is known of one group: the rules that matched at all, and how many events at most. */
export interface Known {
  rules: ReadonlySet<string>;
  events: number;
}

/**
 * Whether the group could fulfil the correlation, whatever the times and values of its events are. False is certain:
 * then nobody needs to look at the events.
 */
export function couldFind({ document, steps }: CompiledCorrelation, known: Known): boolean {
  const { type, rules, ways, bounds } = document;
  const could = steps.map((step) => (typeof step === 'string' ? known.rules.has(step) : couldFind(step, known)));
  if (ways.length > 0) return ways.some(({ present }) => present.every((name) => could[rules.indexOf(name)]));
  const different = could.filter(Boolean).length;
  switch (type) {
    case 'temporal':
    case 'temporal_ordered':
      return different >= (bounds.length === 0 ? steps.length : least(bounds));
    case 'event_count':
    case 'value_count':
      return different > 0 && known.events >= least(bounds);
    default:
      return different > 0;
  }
}

/** The smallest number that may be within the bounds, which are whole here; nothing is found of no event. */
function least(bounds: readonly Bound[]): number {
  const lower = bounds.flatMap(({ relation, value }) => {
    if (relation === 'gt') return value + 1;
    return relation === 'gte' || relation === 'eq' ? value : [];
  });
  return Math.max(1, ...lower);
}
