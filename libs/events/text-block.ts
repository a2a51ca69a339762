const BLOCK = 256 * 1024;
/** Bytes of UTF-8 that one unit of a string becomes at most. */
const WIDEST = 3;

/** Texts as UTF-8, many to a block: outside the heap, where the garbage collector need not move them. */
export class TextBlock {
  private block = Buffer.alloc(0);
  private used = 0;

  put(text: string): Buffer {
    const room = text.length * WIDEST;
    if (this.used + room > this.block.length) {
      this.block = Buffer.allocUnsafeSlow(Math.max(BLOCK, room));
      this.used = 0;
    }
    const start = this.used;
    this.used += this.block.write(text, start);
    return this.block.subarray(start, this.used);
  }
}
