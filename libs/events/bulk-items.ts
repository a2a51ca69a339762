const FIRST_ROOM = 2 ** 14;
/** Bytes of UTF-8 that one unit of a string becomes at most. */
const WIDEST = 3;
const NEWLINE = 10;

/**
 * Documents on their way into one index, one behind the other as `_bulk` takes them: outside the heap, where the garbage
 * collector need not move them.
 */
export class BulkItems {
  readonly ids: string[] = [];
  /** Where each item ends. */
  private readonly ends: number[] = [];
  private room = Buffer.allocUnsafeSlow(FIRST_ROOM);

  /** @param index a concrete name, from `EventIndices` */
  constructor(readonly index: string) {}

  get size(): number {
    return this.ends.at(-1) ?? 0;
  }

  get bytes(): Buffer {
    return this.room.subarray(0, this.size);
  }

  /** `create` only, so that what is there already stays as it is. @param id ASCII @param json the event, serialised once */
  add(id: string, json: string, routing?: string): void {
    const whose = routing === undefined ? '' : `,"routing":"${routing}"`;
    const head = `{"create":{"_index":"${this.index}","_id":"${id}"${whose}}}\n`;
    let at = this.size;
    this.reserve(at + head.length + WIDEST * json.length + 1);
    at += this.room.write(head, at, 'latin1');
    at += this.room.write(json, at);
    this.room[at++] = NEWLINE;
    this.ids.push(id);
    this.ends.push(at);
  }

  /** Some of them, as they are. @param positions ascending */
  pick(positions: readonly number[]): BulkItems {
    const picked = new BulkItems(this.index);
    for (const position of positions) {
      const [start, end] = [this.ends[position - 1] ?? 0, this.ends[position] ?? 0];
      const at = picked.size;
      picked.reserve(at + end - start);
      picked.ends.push(at + this.room.copy(picked.room, at, start, end));
      picked.ids.push(this.ids[position] ?? '');
    }
    return picked;
  }

  private reserve(bytes: number): void {
    if (bytes <= this.room.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.room.length));
    this.room.copy(larger, 0, 0, this.size);
    this.room = larger;
  }
}
