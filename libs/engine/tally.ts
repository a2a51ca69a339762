import { relations, type Bound } from '#sigma/document.js';
import type { Tally } from './window.js';

export type Counted = { rule: string; value?: string | number; weight?: number };

const within = (count: number, bounds: readonly Bound[]) =>
  bounds.every(({ relation, value }) => relations[relation](count, value));

/** `event_count`: how many members. */
export function countEvents(bounds: readonly Bound[]): Tally<Counted> {
  let count = 0;
  return {
    add: (member) => void (count += member.weight ?? 1),
    drop: (member) => void (count -= member.weight ?? 1),
    holds: () => within(count, bounds),
  };
}

/** How many different keys; members without a key do not count. */
function countDistinct<M>(keyOf: (member: M) => string | number | undefined, bounds: readonly Bound[]): Tally<M> {
  const counts = new Map<string | number, number>();
  const change = (member: M, by: number) => {
    const key = keyOf(member);
    if (key === undefined) return;
    const count = (counts.get(key) ?? 0) + by;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  return {
    add: (member) => change(member, 1),
    drop: (member) => change(member, -1),
    holds: () => within(counts.size, bounds),
  };
}

/** `value_count`: how many different values. */
export const countValues = (bounds: readonly Bound[]): Tally<Counted> =>
  countDistinct((member) => member.value, bounds);

/** `temporal`: how many different rules; without bounds all of them. */
export function countRules(rules: readonly string[], bounds: readonly Bound[]): Tally<Counted> {
  const all: Bound = { relation: 'gte', value: rules.length };
  return countDistinct((member) => member.rule, bounds.length > 0 ? bounds : [all]);
}

/**
 * `temporal_ordered`: one member of each rule, in order. For each rule it keeps the latest place at which a sequence up to
 * that rule can begin; the window holds one when the whole sequence can begin inside it.
 */
export function inOrder(rules: readonly string[]): Tally<Counted> {
  const latest = rules.map(() => -1);
  return {
    add: (member, index) => {
      const step = rules.indexOf(member.rule);
      const start = step === 0 ? index : latest[step - 1];
      if (start !== undefined && start >= 0) latest[step] = Math.max(latest[step]!, start);
    },
    drop: () => {},
    holds: (start) => latest.at(-1)! >= start,
  };
}
