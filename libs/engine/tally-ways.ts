import { byTime, type Tally, type Timed } from './window.js';

/** A step that happened, with its place in the correlation's `rules`. */
export type Ranked = Timed & { rank: number };

/** One way to fulfil a condition over rules, as places in `rules`, ascending. */
export type RankedWay = { present: readonly number[]; absent: readonly number[] };

/** Where a condition over rules is judged. */
export type Scene = {
  /** All that can be in a window, in order. */
  sorted: readonly Ranked[];
  /** For each place in `rules`, when it happened, in order; empty where it is never negated. */
  contrary: readonly (readonly Ranked[])[];
  /** Milliseconds. */
  timespan: number;
  /** What happened up to this time is known; windows whose absence reaches beyond it do not hold yet. */
  knownUntil: number;
};

/** In time, then arrival; of one event's steps the last in the rule comes first, so that it never follows itself. */
export const inOrderOfRules = (a: Ranked, b: Ranked): number => byTime(a, b) || b.rank - a.rank;

/** Whether one of the sorted is past `start` and not past `end`. */
function anyBetween(sorted: readonly Ranked[], start: (one: Ranked) => boolean, end: (one: Ranked) => boolean) {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    if (start(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  const found = sorted[low];
  return found !== undefined && !end(found);
}

const isKnown = ({ absent }: RankedWay, { timespan, knownUntil }: Scene, first: Ranked) =>
  absent.length === 0 || first.time + timespan <= knownUntil;

/**
 * `temporal`: the newest of each rule that must be there, all in the window, and no negated one in any time frame that
 * holds them all: not within the time span before the last of them nor after the first.
 */
function together(way: RankedWay, scene: Scene): Tally<Ranked> {
  const newest = new Map(way.present.map((rank) => [rank, -1]));
  return {
    add: ({ rank }, index) => void (newest.has(rank) && newest.set(rank, index)),
    drop: () => {},
    holds: (start) => {
      const places = [...newest.values()];
      const from = Math.min(...places);
      if (from < start) return false;
      const [first, last] = [scene.sorted[from]!, scene.sorted[Math.max(...places)]!];
      const disproved = way.absent.some((rank) =>
        anyBetween(
          scene.contrary[rank]!,
          ({ time }) => time >= last.time - scene.timespan,
          ({ time }) => time > first.time + scene.timespan,
        ),
      );
      return !disproved && isKnown(way, scene, first);
    },
  };
}

/** What must not happen between two neighbours of a sequence: it ends every sequence that has come as far as `step`. */
function breaksOf({ present, absent }: RankedWay, { contrary }: Scene) {
  const breaks = absent.flatMap((rank) => {
    const step = present.findLastIndex((one) => one < rank);
    return step < 0 || step === present.length - 1 ? [] : contrary[rank]!.map((at) => ({ at, step }));
  });
  return breaks.sort((a, b) => inOrderOfRules(a.at, b.at));
}

/** Whether what must not begin or end the sequence does, within one time frame with all of it. */
function isFlanked(
  { present, absent }: RankedWay,
  { contrary, timespan }: Scene,
  first: Ranked,
  last: Ranked,
): boolean {
  return absent.some((rank) => {
    if (rank < present[0]!) {
      return anyBetween(
        contrary[rank]!,
        ({ time }) => time >= last.time - timespan,
        (one) => inOrderOfRules(one, first) > 0,
      );
    }
    if (rank < present.at(-1)!) return false;
    return anyBetween(
      contrary[rank]!,
      (one) => inOrderOfRules(one, last) > 0,
      ({ time }) => time > first.time + timespan,
    );
  });
}

/**
 * `temporal_ordered`: those that must be there in the order of the rules, and no negated one at its place in that order.
 * For each step it keeps the latest place at which an unbroken sequence up to that step can begin.
 */
function inSequence(way: RankedWay, scene: Scene): Tally<Ranked> {
  const starts = way.present.map(() => -1);
  const breaks = breaksOf(way, scene);
  let nextBreak = 0;
  let newest: { first: number; last: number } | null = null;
  return {
    add: (member, index) => {
      for (let it = breaks[nextBreak]; it && inOrderOfRules(it.at, member) < 0; it = breaks[++nextBreak]) {
        starts[it.step] = -1;
      }
      const step = way.present.indexOf(member.rank);
      if (step < 0) return;
      const start = step === 0 ? index : starts[step - 1]!;
      if (start < 0) return;
      starts[step] = start;
      if (step === starts.length - 1) newest = { first: start, last: index };
    },
    drop: () => {},
    holds: (start) => {
      if (!newest || newest.first < start) return false;
      const [first, last] = [scene.sorted[newest.first]!, scene.sorted[newest.last]!];
      return !isFlanked(way, scene, first, last) && isKnown(way, scene, first);
    },
  };
}

/** A condition over rules: one of the ways to fulfil it. */
export function anyWay(ways: readonly RankedWay[], ordered: boolean, scene: Scene): Tally<Ranked> {
  const tallies = ways.map((way) => (ordered ? inSequence(way, scene) : together(way, scene)));
  return {
    add: (member, index) => tallies.forEach((one) => one.add(member, index)),
    drop: () => {},
    holds: (start) => tallies.some((one) => one.holds(start)),
  };
}
