import { createHash } from 'node:crypto';
import { paddedSequence } from './spool-segment.js';

/** Of a line that only we have numbered: the collector and the line's place in its spool; sorts by arrival. */
export function arrivalId(collector: string, sequence: number): string {
  return `${collector}-${paddedSequence(sequence)}`;
}

/** Of a document that its sender has named: the same name from the same source is the same event. */
export function namedId(sourceId: string, name: string): string {
  return `${sourceId}-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** The number in a name that we gave; 0 for a sender's own. */
export function sequenceOf(id: string): number {
  return Number(/^[a-z0-9]{1,12}-(\d{16})$/.exec(id)?.[1] ?? 0);
}
