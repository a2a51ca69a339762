import { relations, type Bound } from '#sigma/document.js';
import type { Tally } from './window.js';

/** What tallies read of a step that happened; `rank` is the step's place in the correlation's `rules`, from 0. */
export type Counted = { rank: number; value?: string | number; weight?: number };

const within = (count: number, bounds: readonly Bound[]): boolean =>
  bounds.every(({ relation, value }) => relations[relation](count, value));

/** Every one of so many steps. */
export const everyStep = (steps: number): Bound[] => [{ relation: 'gte', value: steps }];

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

/** `temporal`: how many different steps. */
export const countSteps = (bounds: readonly Bound[]): Tally<Counted> => countDistinct((member) => member.rank, bounds);

/**
 * `temporal_ordered`: how many different steps in the order of the rules, the longest such sequence. For each length and
 * last step it keeps the latest place at which such a sequence can begin; the window holds it when that is inside.
 */
export function countInOrder(steps: number, bounds: readonly Bound[]): Tally<Counted> {
  const latest = Array.from({ length: steps }, () => Array.from({ length: steps }, () => -1));
  return {
    add: ({ rank }, index) => {
      for (let length = rank; length > 0; length--) {
        const shorter = latest[length - 1]!;
        const longer = latest[length]!;
        for (let step = 0; step < rank; step++) longer[rank] = Math.max(longer[rank]!, shorter[step]!);
      }
      latest[0]![rank] = index;
    },
    drop: () => {},
    holds: (start) => {
      const longest = latest.findLastIndex((starts) => starts.some((one) => one >= start)) + 1;
      return within(longest, bounds);
    },
  };
}
