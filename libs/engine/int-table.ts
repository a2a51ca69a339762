const FREE = -1;

/** Numbers of 30 bits, each with a value, in two flat arrays: a look-up touches one cache line. */
export class IntTable<T> {
  private readonly keys: Int32Array;
  private readonly places: Int32Array;
  private readonly values: T[] = [];
  private readonly shift: number;

  constructor(pairs: ReadonlyMap<number, T>) {
    const bits = Math.max(3, Math.ceil(Math.log2(pairs.size * 2)));
    this.shift = 32 - bits;
    this.keys = new Int32Array(2 ** bits).fill(FREE);
    this.places = new Int32Array(2 ** bits);
    for (const [key, value] of pairs) {
      const at = this.placeOf(key);
      this.keys[at] = key;
      this.places[at] = this.values.push(value) - 1;
    }
  }

  get(key: number): T | undefined {
    const at = this.placeOf(key);
    return this.keys[at] === key ? this.values[this.places[at]!] : undefined;
  }

  /** Where the key is, or the free place where it would be. */
  private placeOf(key: number): number {
    const { keys } = this;
    let at = spread(key) >>> this.shift;
    while (keys[at] !== FREE && keys[at] !== key) at = (at + 1) & (keys.length - 1);
    return at;
  }
}

/** Fibonacci hashing: the upper bits of the answer depend on all bits of the key. */
export const spread = (key: number): number => Math.imul(key, 0x9e3779b1);
