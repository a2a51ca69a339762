import { relations, type Bound } from '#sigma/document.js';
import { decimals } from './decimal.js';
import { Ranking } from './ranking.js';
import type { Counted } from './tally.js';
import type { Tally } from './window.js';

/** The numbers that a value type compares: `total` divided by `parts`, without rounding. */
type Quotient = { total: bigint; parts: bigint };
type Scale = (value: number) => bigint;

const weightOf = ({ weight = 1 }: Counted) => Math.max(1, Math.round(weight));

const numbersOf = (members: readonly Counted[]) =>
  members.flatMap(({ value }) => (typeof value === 'number' && Number.isFinite(value) ? [value] : []));

const scaleOf = (members: readonly Counted[], bounds: readonly Bound[]): Scale =>
  decimals([...numbersOf(members), ...bounds.map(({ value }) => value)]);

const within = ({ total, parts }: Quotient, bounds: readonly Bound[], scale: Scale) =>
  bounds.every(({ relation, value }) => {
    const difference = total - scale(value) * parts;
    return relations[relation](difference === 0n ? 0 : difference > 0n ? 1 : -1, 0);
  });

/** A tally over the members whose value is a number; `change` takes one in or out. Without any of them nothing holds. */
function ofNumbers(change: (value: number, by: number) => void, holds: () => boolean): Tally<Counted> {
  let count = 0;
  const move = (member: Counted, by: number) => {
    if (typeof member.value !== 'number' || !Number.isFinite(member.value)) return;
    count += by;
    change(member.value, by * weightOf(member));
  };
  return {
    add: (member) => move(member, 1),
    drop: (member) => move(member, -1),
    holds: () => count > 0 && holds(),
  };
}

function total(members: readonly Counted[], bounds: readonly Bound[], mean: boolean): Tally<Counted> {
  const scale = scaleOf(members, bounds);
  let sum = 0n;
  let count = 0;
  const change = (value: number, by: number) => {
    sum += scale(value) * BigInt(by);
    count += by;
  };
  return ofNumbers(change, () => within({ total: sum, parts: mean ? BigInt(count) : 1n }, bounds, scale));
}

/** `value_sum`: the sum of the values. `members` are all that may come. */
export const sumValues = (members: readonly Counted[], bounds: readonly Bound[]): Tally<Counted> =>
  total(members, bounds, false);

/** `value_avg`: their arithmetic mean. */
export const averageValues = (members: readonly Counted[], bounds: readonly Bound[]): Tally<Counted> =>
  total(members, bounds, true);

/**
 * `value_percentile` and `value_median` (the 50th): the value at that percentage of the way from the smallest to the
 * largest, interpolated between the two nearest, so that the median of an even number is the mean of the middle two.
 */
export function percentileOfValues(
  members: readonly Counted[],
  bounds: readonly Bound[],
  percentile: number,
): Tally<Counted> {
  const scale = scaleOf(members, bounds);
  const sorted = [...new Set(numbersOf(members))].sort((a, b) => a - b);
  const places = new Map(sorted.map((value, place) => [value, place]));
  const ranking = new Ranking(sorted.length);
  const ofPercentile = decimals([percentile, 1]);
  const parts = 100n * ofPercentile(1);
  let count = 0;
  const change = (value: number, by: number) => {
    ranking.change(places.get(value)!, by);
    count += by;
  };
  const at = (k: bigint) => scale(sorted[ranking.placeOf(Number(k))]!);
  return ofNumbers(change, () => {
    const way = BigInt(count - 1) * ofPercentile(percentile);
    const [below, beyond] = [way / parts, way % parts];
    const low = at(below) * (parts - beyond);
    const high = beyond === 0n ? 0n : at(below + 1n) * beyond;
    return within({ total: low + high, parts }, bounds, scale);
  });
}

/**
 * `value_percentile` without a percentile, as in the specification's example: which percentage of the values in the
 * window are equal to that of the member which ends it.
 */
export function shareOfValue(bounds: readonly Bound[]): Tally<Counted> {
  const scale = decimals([100, ...bounds.map(({ value }) => value)]);
  const counts = new Map<string | number, number>();
  let all = 0;
  let newest: string | number | undefined;
  const change = (value: string | number | undefined, by: number) => {
    if (value === undefined) return;
    counts.set(value, (counts.get(value) ?? 0) + by);
    all += by;
  };
  return {
    add: (member) => {
      newest = member.value;
      change(newest, weightOf(member));
    },
    drop: (member) => change(member.value, -weightOf(member)),
    holds: () => {
      if (newest === undefined) return false;
      return within({ total: BigInt(counts.get(newest)!) * scale(100), parts: BigInt(all) }, bounds, scale);
    },
  };
}
