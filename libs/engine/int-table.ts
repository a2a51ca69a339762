const FREE = -1;

/** Integers of 32 bits, numbered from 0 in the order given, in flat arrays: a look-up touches one or two cache lines. */
export class IntTable {
  private readonly keys: Int32Array;
  private readonly numbers: Int32Array;
  private readonly shift: number;

  constructor(keys: Iterable<number>) {
    const all = [...keys];
    const bits = Math.max(3, Math.ceil(Math.log2(all.length * 2)));
    this.shift = 32 - bits;
    this.keys = new Int32Array(2 ** bits);
    this.numbers = new Int32Array(2 ** bits).fill(FREE);
    for (const [number, key] of all.entries()) {
      const at = this.placeOf(key);
      this.keys[at] = key;
      this.numbers[at] = number;
    }
  }

  /** @returns the key's number, or -1 */
  get(key: number): number {
    return this.numbers[this.placeOf(key)]!;
  }

  /** Where the key is, or the free place where it would be. */
  private placeOf(key: number): number {
    const { keys, numbers } = this;
    let at = spread(key) >>> this.shift;
    while (keys[at] !== key && numbers[at] !== FREE) at = (at + 1) & (keys.length - 1);
    return at;
  }
}

/** Fibonacci hashing: the upper bits of the answer depend on all bits of the key. */
export const spread = (key: number): number => Math.imul(key, 0x9e3779b1);
