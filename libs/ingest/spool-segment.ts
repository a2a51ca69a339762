/** A place in the spool: between two entries. */
export interface SpoolPosition {
  /** Sequence of the segment's first line, which names its file. */
  segment: number;
  offset: number;
}

export interface Segment {
  first: number;
  /** Durable bytes. */
  size: number;
}

/** A stretch of whole entries within one segment. */
export interface SpoolRange {
  segment: number;
  from: number;
  to: number;
}

const NAME = /^(\d{16})\.seg$/;

/** Sorts by sequence. */
export function segmentFile(first: number): string {
  return `${paddedSequence(first)}.seg`;
}

/** @returns undefined for a file that is no segment */
export function segmentOf(file: string): number | undefined {
  const match = NAME.exec(file);
  return match ? Number(match[1]) : undefined;
}

export function paddedSequence(sequence: number): string {
  return String(sequence).padStart(16, '0');
}

/**
 * Where a spool without memory starts to count. By the clock, in microseconds: a collector whose disk was lost must
 * not give out its old numbers again, for events are told apart by them.
 */
export function firstSequence(now: number): number {
  return now * 1000;
}
