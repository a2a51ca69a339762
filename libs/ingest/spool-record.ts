import { crc32 } from 'node:zlib';

/** One received line. */
export interface SpoolLine {
  raw: Buffer;
  /** It was longer than the limit. */
  truncated: boolean;
  /** Set when the sender has named the line itself: the event's id. ASCII, at most 255 characters. */
  id: string | undefined;
}

/** What one sender gave at once. */
export interface Delivery {
  tenantId: string;
  sourceId: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** The sender's address. */
  sender: string;
  lines: readonly SpoolLine[];
}

/** A delivery in the spool: its lines are numbered from `sequence` on. */
export interface SpoolEntry extends Delivery {
  sequence: number;
}

export interface Decoded {
  entry: SpoolEntry;
  /** Offset behind it. */
  next: number;
}

// length, CRC-32 of the rest | sequence, received at, tenant, source, sender length, line count | sender | lines
const HEAD = 8;
const FIXED = 8 + 8 + 16 + 16 + 1 + 4;
const LINE = 1 + 1 + 4;
const TRUNCATED = 1;
/** No entry is larger: a length above it is damage. */
const LARGEST = 2 ** 23;

/** The entry as bytes; the lines are copied, so their buffers may be reused. */
export function encodeEntry(delivery: Delivery, sequence: number): Buffer {
  const { lines, sender } = delivery;
  let size = HEAD + FIXED + sender.length;
  for (const { raw, id } of lines) size += LINE + raw.length + (id?.length ?? 0);
  const entry = Buffer.allocUnsafe(size);
  entry.writeUInt32LE(size - HEAD, 0);
  entry.writeDoubleLE(sequence, HEAD);
  entry.writeDoubleLE(delivery.receivedAt, HEAD + 8);
  writeUuid(entry, delivery.tenantId, HEAD + 16);
  writeUuid(entry, delivery.sourceId, HEAD + 32);
  entry.writeUInt8(sender.length, HEAD + 48);
  entry.writeUInt32LE(lines.length, HEAD + 49);
  let at = HEAD + FIXED;
  at += entry.write(sender, at, 'latin1');
  for (const line of lines) at = encodeLine(entry, at, line);
  entry.writeUInt32LE(crc32(entry.subarray(HEAD)), 4);
  return entry;
}

function encodeLine(entry: Buffer, at: number, { raw, truncated, id = '' }: SpoolLine): number {
  entry[at] = truncated ? TRUNCATED : 0;
  entry[at + 1] = id.length;
  entry.writeUInt32LE(raw.length, at + 2);
  const start = at + LINE + (id === '' ? 0 : entry.write(id, at + LINE, 'latin1'));
  return start + raw.copy(entry, start);
}

/** @returns `torn` when bytes are missing or damaged at that place, which only the end of a file may be */
export function decodeEntry(bytes: Buffer, at: number): Decoded | 'torn' {
  if (at + HEAD > bytes.length) return 'torn';
  const length = bytes.readUInt32LE(at);
  const start = at + HEAD;
  const next = start + length;
  if (length < FIXED || length > LARGEST || next > bytes.length) return 'torn';
  if (crc32(bytes.subarray(start, next)) !== bytes.readUInt32LE(at + 4)) return 'torn';
  const senderLength = bytes.readUInt8(start + 48);
  const entry = {
    sequence: bytes.readDoubleLE(start),
    receivedAt: bytes.readDoubleLE(start + 8),
    tenantId: readUuid(bytes, start + 16),
    sourceId: readUuid(bytes, start + 32),
    sender: bytes.toString('latin1', start + FIXED, start + FIXED + senderLength),
    lines: decodeLines(bytes, start + FIXED + senderLength, bytes.readUInt32LE(start + 49)),
  };
  return { entry, next };
}

/** How many bytes the entry at that place takes, or undefined when its length cannot be read. */
export function entrySize(bytes: Buffer, at: number): number | undefined {
  if (at + HEAD > bytes.length) return undefined;
  const length = bytes.readUInt32LE(at);
  return length < FIXED || length > LARGEST ? undefined : HEAD + length;
}

function decodeLines(bytes: Buffer, start: number, count: number): SpoolLine[] {
  const lines: SpoolLine[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const idLength = bytes[at + 1] ?? 0;
    const from = at + LINE + idLength;
    const to = from + bytes.readUInt32LE(at + 2);
    const id = idLength === 0 ? undefined : bytes.toString('latin1', at + LINE, from);
    lines.push({ raw: bytes.subarray(from, to), truncated: bytes[at] === TRUNCATED, id });
    at = to;
  }
  return lines;
}

function writeUuid(entry: Buffer, uuid: string, at: number): void {
  entry.write(uuid.replaceAll('-', ''), at, 'hex');
}

function readUuid(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
