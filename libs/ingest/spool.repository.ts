import { mkdir, open, readFile, readdir, rename, stat, statfs, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationalError } from '#platform/errors.js';
import { GroupCommit } from './group-commit.js';
import { LIMITS } from './limits.js';
import { decodeEntry, encodeEntry, entrySize, type Delivery, type SpoolEntry } from './spool-record.js';
import {
  firstSequence,
  segmentFile,
  segmentOf,
  type Segment,
  type SpoolPosition,
  type SpoolRange,
} from './spool-segment.js';

/** No room: the sender has to wait, or to come again. */
export class SpoolFull extends OperationalError {}

export interface SpoolBatch {
  range: SpoolRange;
  entries: SpoolEntry[];
}

interface Pending {
  bytes: Buffer;
  sequence: number;
}

type SpoolLimits = Pick<typeof LIMITS, 'segment' | 'spool' | 'queue' | 'reserve'>;

/** How old what we know of the disk's room may be, in milliseconds. */
const ROOM_MS = 250;

/**
 * Received lines on this collector's disk, from their acknowledgement until Elasticsearch has them. Segment files of
 * entries; appends from all senders share their fsync; only what is durable is ever read.
 */
export class SpoolRepository {
  /** Bytes of half-written entries that were cut off at start. */
  tornBytes = 0;
  /** Bytes of the middle that could not be read; their segments are kept as `*.damaged`. */
  damagedBytes = 0;

  private segments: Segment[] = [];
  private readonly damaged = new Set<number>();
  private readonly commits = new GroupCommit<Pending>((entries) => this.commit(entries));
  private growth = Promise.withResolvers<void>();
  private nextSequence = 0;
  private queued = 0;
  private writer: FileHandle | undefined;
  /** Whether the disk has room, and when we looked. */
  private room = { enough: true, at: -Infinity };
  private reader: { segment: number; file: FileHandle } | undefined;

  constructor(
    private readonly directory: string,
    private readonly limits: SpoolLimits = LIMITS,
  ) {}

  /** Bytes on disk. */
  get bytes(): number {
    return this.segments.reduce((sum, { size }) => sum + size, 0);
  }

  /** Bytes on disk behind a position. */
  bytesAfter({ segment, offset }: SpoolPosition): number {
    const later = this.segments.filter(({ first }) => first >= segment);
    return later.reduce((sum, { size }) => sum + size, 0) - (later[0]?.first === segment ? offset : 0);
  }

  get start(): SpoolPosition {
    return { segment: this.segments[0]?.first ?? 0, offset: 0 };
  }

  /** Finds what is there and cuts off a half-written end. @param now milliseconds since 1970 */
  async open(now: number): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const firsts = (await readdir(this.directory)).map(segmentOf).filter((first) => first !== undefined);
    for (const first of firsts.toSorted((a, b) => a - b)) {
      this.segments.push({ first, size: (await stat(this.path(first))).size });
    }
    const last = this.segments.at(-1);
    if (!last) {
      this.nextSequence = firstSequence(now);
      await this.addSegment(this.nextSequence);
      return;
    }
    const { size, next } = scan(await readFile(this.path(last.first)), last.first);
    this.tornBytes = last.size - size;
    last.size = size;
    this.nextSequence = next;
  }

  /**
   * Resolves when the deliveries are on disk.
   * @returns the sequence of each one's first line
   * @throws SpoolFull when there is no room for all of them; OperationalError when the disk fails
   */
  async append(deliveries: readonly Delivery[]): Promise<number[]> {
    void this.look();
    if (!this.room.enough) throw new SpoolFull('The disk is full.');
    if (this.bytes + this.queued >= this.limits.spool) throw new SpoolFull('The spool is full.');
    if (this.queued >= this.limits.queue) throw new SpoolFull('The disk is behind.');
    const entries = deliveries.map((delivery) => {
      const sequence = this.nextSequence;
      this.nextSequence += delivery.lines.length;
      return { bytes: encodeEntry(delivery, sequence), sequence };
    });
    const size = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.queued += size;
    try {
      await this.commits.add(...entries);
    } finally {
      this.queued -= size;
    }
    return entries.map(({ sequence }) => sequence);
  }

  /** The next entries from a position on; at least one when there is any, and within one segment. */
  async read(position: SpoolPosition, most: { bytes: number; lines: number }): Promise<SpoolBatch | undefined> {
    const segment = this.segmentAt(position);
    if (!segment) return undefined;
    const from = segment.first === position.segment ? position.offset : 0;
    let bytes = await this.bytesOf({ segment: segment.first, from, to: Math.min(segment.size, from + most.bytes) });
    const size = entrySize(bytes, 0);
    if (size !== undefined && size > bytes.length && from + size <= segment.size) {
      bytes = await this.bytesOf({ segment: segment.first, from, to: from + size });
    }
    const { entries, length } = decode(bytes, most.lines);
    const broken = entries.length === 0;
    if (broken) this.damage(segment, from);
    return { range: { segment: segment.first, from, to: broken ? segment.size : from + length }, entries };
  }

  /** The same entries again. */
  async readAgain(range: SpoolRange): Promise<SpoolBatch> {
    return { range, entries: decode(await this.bytesOf(range), Infinity).entries };
  }

  /** Resolves at the next commit. */
  grown(): Promise<void> {
    return this.growth.promise;
  }

  /** Whoever waits for growth looks again. */
  wake(): void {
    this.growth.resolve();
    this.growth = Promise.withResolvers();
  }

  /** Nothing before this position is needed any more. */
  async release(position: SpoolPosition): Promise<void> {
    while (this.segments.length > 1) {
      const [segment] = this.segments;
      if (!segment || segment.first >= position.segment) return;
      // First off the list: two that release at once must not both take it.
      this.segments.shift();
      const path = this.path(segment.first);
      await (this.damaged.has(segment.first) ? rename(path, `${path}.damaged`) : unlink(path));
    }
  }

  async close(): Promise<void> {
    await this.writer?.close();
    await this.reader?.file.close();
    this.writer = undefined;
    this.reader = undefined;
  }

  /** Where the position lies, or the segment behind it when it is at the end of one. */
  private segmentAt(position: SpoolPosition): Segment | undefined {
    const at = this.segments.findIndex(({ first }) => first >= position.segment);
    const segment = this.segments[at];
    if (!segment) return undefined;
    const { first, size } = segment;
    if (size > (first === position.segment ? position.offset : 0)) return segment;
    const next = this.segments[at + 1];
    return next && next.size > 0 ? next : undefined;
  }

  /** Met by whoever reads there, and counted once. */
  private damage({ first, size }: Segment, from: number): void {
    if (this.damaged.has(first)) return;
    this.damaged.add(first);
    this.damagedBytes += size - from;
  }

  /** The last bytes of the disk are not for lines: without them nothing could be noted as done, and the spool not shrink. */
  private async look(): Promise<void> {
    const now = performance.now();
    if (now - this.room.at < ROOM_MS) return;
    this.room.at = now;
    const found = await statfs(this.directory).catch(() => undefined);
    if (!found) return;
    const { bavail, blocks, bsize } = found;
    this.room.enough = bavail * bsize > Math.min(this.limits.reserve, (blocks * bsize) / 20);
  }

  private async commit(entries: Pending[]): Promise<void> {
    try {
      const segment = await this.segmentFor(entries);
      this.writer ??= await this.reopen(segment);
      const buffers = entries.map(({ bytes }) => bytes);
      const size = buffers.reduce((sum, { length }) => sum + length, 0);
      const { bytesWritten } = await this.writer.writev(buffers, segment.size);
      // A part only: the rest had no room.
      if (bytesWritten < size) throw new SpoolFull('The disk is full.');
      await this.writer.datasync();
      segment.size += size;
    } catch (error) {
      await this.writer?.close().catch(() => undefined);
      this.writer = undefined;
      if (error instanceof SpoolFull || isNoSpace(error)) throw new SpoolFull('The disk is full.');
      throw new OperationalError(
        `The spool could not be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    this.wake();
  }

  private async segmentFor([first]: Pending[]): Promise<Segment> {
    const last = this.segments.at(-1);
    if (last && last.size < this.limits.segment) return last;
    await this.writer?.close();
    this.writer = undefined;
    return this.addSegment(first?.sequence ?? this.nextSequence);
  }

  private async addSegment(first: number): Promise<Segment> {
    await (await open(this.path(first), 'a')).close();
    const directory = await open(this.directory);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    const segment = { first, size: 0 };
    this.segments.push(segment);
    return segment;
  }

  /** Behind the durable bytes there may be some of a write that failed. */
  private async reopen({ first, size }: Segment): Promise<FileHandle> {
    const file = await open(this.path(first), 'r+');
    await file.truncate(size);
    return file;
  }

  private async bytesOf({ segment, from, to }: SpoolRange): Promise<Buffer> {
    if (this.reader?.segment !== segment) {
      await this.reader?.file.close();
      this.reader = undefined;
      this.reader = { segment, file: await open(this.path(segment)) };
    }
    const buffer = Buffer.allocUnsafe(to - from);
    const { bytesRead } = await this.reader.file.read(buffer, 0, buffer.length, from);
    return buffer.subarray(0, bytesRead);
  }

  private path(first: number): string {
    return join(this.directory, segmentFile(first));
  }
}

function isNoSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function decode(bytes: Buffer, mostLines: number): { entries: SpoolEntry[]; length: number } {
  const entries: SpoolEntry[] = [];
  let length = 0;
  let lines = 0;
  while (length < bytes.length && lines < mostLines) {
    const decoded = decodeEntry(bytes, length);
    if (decoded === 'torn') break;
    entries.push(decoded.entry);
    lines += decoded.entry.lines.length;
    length = decoded.next;
  }
  return { entries, length };
}

function scan(bytes: Buffer, first: number): { size: number; next: number } {
  let size = 0;
  let next = first;
  for (let decoded = decodeEntry(bytes, 0); decoded !== 'torn'; decoded = decodeEntry(bytes, size)) {
    size = decoded.next;
    next = decoded.entry.sequence + decoded.entry.lines.length;
  }
  return { size, next };
}
