/** Something that happened: event time in milliseconds, and the order of arrival for equal times. */
export type Timed = { time: number; order: string };

/** What a sliding window knows of the members in it. Members come in order and leave in the same order. */
export type Tally<M> = {
  add(member: M, index: number): void;
  drop(member: M): void;
  /** Whether the members from index `start` to the last one added fulfil the condition. */
  holds(start: number): boolean;
};

/** A qualifying window as indices into the sorted members, both included. */
export type Span = { from: number; to: number };

export function byTime(a: Timed, b: Timed): number {
  if (a.time !== b.time) return a.time - b.time;
  return a.order < b.order ? -1 : Number(a.order > b.order);
}

/**
 * The windows that fulfil the condition among those that end at a member and reach `timespan` ms back. Windows are closed:
 * members exactly `timespan` apart share one. As a window is judged by nothing later than its end, members appended in
 * order never change what was found before.
 */
export function qualifyingWindows<M extends Timed>(sorted: readonly M[], timespan: number, tally: Tally<M>): Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const [to, member] of sorted.entries()) {
    tally.add(member, to);
    for (; member.time - sorted[from]!.time > timespan; from++) tally.drop(sorted[from]!);
    if (tally.holds(from)) found.push({ from, to });
  }
  return found;
}

/** Joins windows that share a member into runs; windows and runs are in time order. */
export function chain(windows: readonly Span[]): Span[][] {
  const runs: Span[][] = [];
  for (const window of windows) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && window.from <= last.to) run.push(window);
    else runs.push([window]);
  }
  return runs;
}
