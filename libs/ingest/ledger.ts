/** What happened to a source's lines since the last time it was written down. */
export interface Tally {
  received: number;
  truncated: number;
  dropped: number;
  indexed: number;
  duplicates: number;
  deadLettered: number;
  skewMs: number | undefined;
  /** Milliseconds since 1970. */
  lastReceivedAt: number | undefined;
}

export function emptyTally(): Tally {
  return {
    received: 0,
    truncated: 0,
    dropped: 0,
    indexed: 0,
    duplicates: 0,
    deadLettered: 0,
    skewMs: undefined,
    lastReceivedAt: undefined,
  };
}

/** Counts a tally on top of another. */
export function addTally(to: Tally, from: Tally): void {
  to.received += from.received;
  to.truncated += from.truncated;
  to.dropped += from.dropped;
  to.indexed += from.indexed;
  to.duplicates += from.duplicates;
  to.deadLettered += from.deadLettered;
  to.skewMs ??= from.skewMs;
  to.lastReceivedAt ??= from.lastReceivedAt;
}

/** One more reading of a device's clock; smoothed, so that one late line says little. */
export function smoothedSkew(before: number | undefined, reading: number): number {
  return before === undefined ? reading : before + (reading - before) / 8;
}
