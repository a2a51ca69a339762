import { LIMITS } from './limits.js';
import type { Delivery, SpoolLine } from './spool-record.js';

/** One line with its sender's name for it, if any; longer ones are cut. */
export function spoolLine(raw: Buffer, id?: string): SpoolLine {
  const truncated = raw.length > LIMITS.line;
  return { raw: truncated ? raw.subarray(0, LIMITS.line) : raw, truncated, id };
}

/** Entries of the spool are small, so that a batch can be. */
export function splitDelivery(delivery: Delivery): Delivery[] {
  const parts: Delivery[] = [];
  let lines: SpoolLine[] = [];
  let bytes = 0;
  for (const line of delivery.lines) {
    if (lines.length > 0 && (lines.length >= LIMITS.entryLines || bytes + line.raw.length > LIMITS.entry)) {
      parts.push({ ...delivery, lines });
      lines = [];
      bytes = 0;
    }
    lines.push(line);
    bytes += line.raw.length;
  }
  if (lines.length > 0) parts.push({ ...delivery, lines });
  return parts;
}
