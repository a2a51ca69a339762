const LF = 0x0a;

/** Bytes of the longest line that is read; a longer one is left out, so that memory stays bounded. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** What becomes of each line, counted from 1; a line is the bytes of `buffer` in [from, to), without its line feed. */
export interface LineTaker {
  line(buffer: Buffer, from: number, to: number, number: number): void;
  tooLong(number: number): void;
  /** Awaited between chunks, for whoever writes as much as is read. */
  pause?(): Promise<void>;
}

/** Cuts chunks into lines without a promise or a copy for each; only a line that spans chunks is joined. */
class LineSplitter {
  count = 0;
  private held: Buffer[] = [];
  private heldBytes = 0;

  constructor(private readonly taker: LineTaker) {}

  push(chunk: Buffer): void {
    let from = 0;
    for (let to = chunk.indexOf(LF); to >= 0; to = chunk.indexOf(LF, from)) {
      if (this.heldBytes === 0) this.take(chunk, from, to);
      else this.takeHeld(chunk.subarray(0, to));
      from = to + 1;
    }
    if (from < chunk.length) this.hold(chunk.subarray(from));
  }

  /** The last line counts also when it has no line feed. */
  end(): void {
    if (this.heldBytes > 0) this.takeHeld(Buffer.alloc(0));
  }

  private take(buffer: Buffer, from: number, to: number): void {
    this.count++;
    if (to - from > LONGEST_LINE) this.taker.tooLong(this.count);
    else this.taker.line(buffer, from, to, this.count);
  }

  private takeHeld(rest: Buffer): void {
    this.hold(rest);
    const bytes = this.heldBytes;
    // Of a line that is too long nothing was kept.
    const line = bytes > LONGEST_LINE ? rest : Buffer.concat(this.held, bytes);
    this.held = [];
    this.heldBytes = 0;
    this.count++;
    if (bytes > LONGEST_LINE) this.taker.tooLong(this.count);
    else this.taker.line(line, 0, bytes, this.count);
  }

  private hold(piece: Buffer): void {
    this.heldBytes += piece.length;
    if (this.heldBytes > LONGEST_LINE) this.held = [];
    else this.held.push(piece);
  }
}

/** Hands out the lines of a stream of bytes in order. Returns how many there were. */
export async function eachLine(chunks: AsyncIterable<Buffer>, taker: LineTaker): Promise<number> {
  const splitter = new LineSplitter(taker);
  for await (const chunk of chunks) {
    splitter.push(chunk);
    await taker.pause?.();
  }
  splitter.end();
  await taker.pause?.();
  return splitter.count;
}
