import { createHash } from 'node:crypto';
import { paddedSequence } from './spool-segment.js';
import type { SpoolEntry, SpoolLine } from './spool-record.js';

/** As its sender has named it; else by the collector and the line's place in its spool, which sorts by arrival. */
export function eventId({ id }: SpoolLine, collector: string, sequence: number): string {
  return id ?? `${collector}-${paddedSequence(sequence)}`;
}

/** The lines of which `wanted` knows the event's id. */
export function* linesOf(
  entries: readonly SpoolEntry[],
  collector: string,
  wanted: ReadonlyMap<string, unknown>,
): Generator<{ id: string; line: SpoolLine; delivery: SpoolEntry }> {
  if (wanted.size === 0) return;
  for (const delivery of entries) {
    for (const [at, line] of delivery.lines.entries()) {
      const id = eventId(line, collector, delivery.sequence + at);
      if (wanted.has(id)) yield { id, line, delivery };
    }
  }
}

/** Of a document that its sender has named: the same name from the same source is the same event. */
export function namedId(sourceId: string, name: string): string {
  return `${sourceId}-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** The number in a name that we gave; 0 for a sender's own. */
export function sequenceOf(id: string): number {
  return Number(/^[a-z0-9]{1,12}-(\d{16})$/.exec(id)?.[1] ?? 0);
}
