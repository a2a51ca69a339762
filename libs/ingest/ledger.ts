/** What happened to a source's lines since the last time it was written down. */
export interface Tally {
  received: number;
  truncated: number;
  /** Datagrams that found no room. */
  dropped: number;
  /** Refused for a while: over its customer's quota or share of the spool. Each time a sender had to wait counts. */
  throttled: number;
  indexed: number;
  duplicates: number;
  deadLettered: number;
  skewMs: number | undefined;
  /** Usual time between two deliveries, smoothed; milliseconds. */
  cadenceMs: number | undefined;
  /** Milliseconds since 1970. */
  lastReceivedAt: number | undefined;
}

export interface SourceTally extends Tally {
  tenantId: string;
  sourceId: string;
}

/** What became of lines that had left the spool. */
export type Outcome = Pick<SourceTally, 'tenantId' | 'sourceId' | 'indexed' | 'duplicates' | 'deadLettered'>;

/**
 * The counts that are not in the database yet. Kept on disk with the pipeline's progress, so that a line is counted once,
 * whenever the process is killed.
 */
export interface LedgerState {
  /** Entries of the spool before this sequence are counted as received. */
  counted: number;
  pending: Record<string, SourceTally>;
  /** The number of the last addition to the database: they rise. */
  lastNumber: number;
  /** Being written to the database under this number, which it takes once. */
  flushing: { number: number; tallies: SourceTally[] } | null;
}

export function emptyLedger(): LedgerState {
  return { counted: 0, pending: {}, lastNumber: 0, flushing: null };
}

export function emptyTally(): Tally {
  return {
    received: 0,
    truncated: 0,
    dropped: 0,
    throttled: 0,
    indexed: 0,
    duplicates: 0,
    deadLettered: 0,
    skewMs: undefined,
    cadenceMs: undefined,
    lastReceivedAt: undefined,
  };
}

/** One more reading of a device's clock or pace; smoothed, so that one late line says little. */
export function smoothed(before: number | undefined, reading: number): number {
  return before === undefined ? reading : before + (reading - before) / 8;
}

interface OfSource {
  delivery: { sourceId: string };
}

/** @returns one row a source: lines that are neither dead nor known before were indexed */
export function outcomesOf(
  entries: readonly { tenantId: string; sourceId: string; lines: readonly unknown[] }[],
  { dead, known }: { dead: readonly OfSource[]; known: readonly OfSource[] },
): Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const { tenantId, sourceId, lines } of entries) {
    const outcome = outcomes.get(sourceId) ?? { tenantId, sourceId, indexed: 0, duplicates: 0, deadLettered: 0 };
    outcome.indexed += lines.length;
    outcomes.set(sourceId, outcome);
  }
  for (const [lines, kind] of [
    [dead, 'deadLettered'],
    [known, 'duplicates'],
  ] as const) {
    for (const { delivery } of lines) {
      const outcome = outcomes.get(delivery.sourceId);
      if (!outcome) throw new Error(`A line of ${delivery.sourceId} is not of this batch.`);
      outcome.indexed--;
      outcome[kind]++;
    }
  }
  return [...outcomes.values()];
}
