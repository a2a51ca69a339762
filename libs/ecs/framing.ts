/** Receives one frame. The buffer may be a view of the pushed chunk: copy it to keep it. */
export type Emit = (frame: Buffer, truncated: boolean) => void;

const LF = 0x0a;
const CR = 0x0d;
const NUL = 0x00;
const SPACE = 0x20;
const ZERO = 0x30;
/** A count above this is a lie, not a long message. */
const LARGEST_COUNT = 2 ** 26;
const COUNT_DIGITS = 8;
/** One long line must not pin its memory for the life of the connection. */
const KEPT_BUFFER = 16_384;

type State = 'start' | 'count' | 'octets' | 'line';

/**
 * Splits a TCP byte stream into syslog frames (RFC 6587): octet counting and LF or NUL endings, told apart frame by
 * frame. A frame over the limit is emitted once, cut at the limit; its rest is skipped and counted. Memory stays under
 * the limit plus the chunk in hand.
 */
export class SyslogFramer {
  /** Bytes that were skipped behind cut frames. */
  discardedBytes = 0;
  truncatedFrames = 0;

  private state: State = 'start';
  private held: Buffer = Buffer.alloc(0);
  private heldLength = 0;
  /** Octets that the current counted frame still lacks. */
  private missing = 0;
  /** The frame was already emitted, cut: the rest of it is being skipped. */
  private skipping = false;
  private nextLf = 0;
  private nextNul = 0;
  private emit: Emit = () => undefined;

  constructor(private readonly maxFrameBytes: number) {}

  /** Bytes of a frame whose end has not come. */
  get heldBytes(): number {
    return this.heldLength;
  }

  push(chunk: Buffer, emit: Emit): void {
    this.emit = emit;
    this.nextLf = 0;
    this.nextNul = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.state === 'start') at = this.begin(chunk, at);
      else if (this.state === 'count') at = this.count(chunk, at);
      else if (this.state === 'octets') at = this.octets(chunk, at);
      else at = this.line(chunk, at);
    }
  }

  /** The stream has ended: a line without its ending is whole, a counted frame that lacks octets is truncated. */
  end(emit: Emit): void {
    this.emit = emit;
    const truncated = this.state === 'octets';
    if (this.heldLength > 0 && !this.skipping) this.release(truncated);
    this.reset();
  }

  /** Emits what there is of an unfinished frame as one that was cut; the rest of it is skipped. */
  cutHeld(emit: Emit): void {
    if (this.heldLength === 0 || this.skipping || this.state === 'count') return;
    this.emit = emit;
    this.release(true);
    this.held = Buffer.alloc(0);
    this.skipping = true;
  }

  private begin(chunk: Buffer, at: number): number {
    const first = chunk[at] ?? 0;
    if (first === LF || first === CR || first === NUL) return at + 1;
    this.state = first > ZERO && first <= ZERO + 9 ? 'count' : 'line';
    return at;
  }

  private count(chunk: Buffer, at: number): number {
    for (let i = at; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9 && this.heldLength < COUNT_DIGITS) {
        this.missing = this.missing * 10 + digit;
        this.hold(chunk, i, i + 1);
        continue;
      }
      if (byte === SPACE && this.missing <= LARGEST_COUNT) {
        this.heldLength = 0;
        this.state = 'octets';
        return i + 1;
      }
      this.missing = 0;
      this.state = 'line';
      return i;
    }
    return chunk.length;
  }

  private octets(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.missing);
    this.missing -= end - at;
    this.take(chunk, at, end, this.missing === 0);
    return end;
  }

  private line(chunk: Buffer, at: number): number {
    // One search serves until it is passed: a stream with only one of the two endings stays linear.
    if (this.nextLf <= at) this.nextLf = position(chunk, LF, at);
    if (this.nextNul <= at) this.nextNul = position(chunk, NUL, at);
    const end = Math.min(this.nextLf, this.nextNul);
    this.take(chunk, at, end, end < chunk.length);
    return end + 1;
  }

  private take(chunk: Buffer, from: number, to: number, last: boolean): void {
    if (this.skipping) this.discardedBytes += to - from;
    else if (this.heldLength + (to - from) > this.maxFrameBytes) this.cut(chunk, from, to);
    else if (last && this.heldLength === 0) this.emitWhole(chunk.subarray(from, to));
    else {
      this.hold(chunk, from, to);
      if (last) this.release(false);
    }
    if (last) this.reset();
  }

  private cut(chunk: Buffer, from: number, to: number): void {
    const room = Math.max(0, this.maxFrameBytes - this.heldLength);
    this.discardedBytes += to - from - room;
    this.hold(chunk, from, from + room);
    this.release(true);
    this.skipping = true;
  }

  private release(truncated: boolean): void {
    // The held bytes are reused for the next frame, so the receiver gets its own copy.
    const frame = Buffer.from(this.held.subarray(0, this.heldLength));
    this.heldLength = 0;
    if (truncated) {
      this.truncatedFrames++;
      this.emit(frame, true);
    } else this.emitWhole(frame);
  }

  private emitWhole(frame: Buffer): void {
    const crlf = this.state === 'line' && frame[frame.length - 1] === CR;
    const content = crlf ? frame.subarray(0, -1) : frame;
    if (content.length > 0) this.emit(content, false);
  }

  private hold(chunk: Buffer, from: number, to: number): void {
    const length = this.heldLength + to - from;
    if (length > this.held.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, Math.min(this.maxFrameBytes, this.held.length * 2), 256));
      this.held.copy(grown, 0, 0, this.heldLength);
      this.held = grown;
    }
    chunk.copy(this.held, this.heldLength, from, to);
    this.heldLength = length;
  }

  private reset(): void {
    this.state = 'start';
    this.heldLength = 0;
    this.missing = 0;
    this.skipping = false;
    if (this.held.length > KEPT_BUFFER) this.held = Buffer.alloc(0);
  }
}

/** Where the byte stands next, or the length of the chunk. */
function position(chunk: Buffer, byte: number, from: number): number {
  const found = chunk.indexOf(byte, from);
  return found === -1 ? chunk.length : found;
}
