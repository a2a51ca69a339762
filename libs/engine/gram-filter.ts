import { IntTable, spread } from './int-table.js';
import { GRAM, tell, type Entry, type Hits } from './parts.js';

/** A part under one of its grams; `offset` is where in it that gram begins. */
type Placed = { entry: Entry; offset: number };

const BITS_PER_GRAM = 64;
/** More would make the grams many and save little. */
const MAX_STRIDE = 8;
/** After so many vain tries at one gram in one text its parts are searched for once and for all: no text is slow. */
const MAX_TRIES = 8;

/** A number for the last four characters, given the one for the four before; nothing older is left in it. */
const roll = (key: number, code: number): number => (key << 8) ^ code;

function keysOf({ text }: Entry): number[] {
  const keys: number[] = [];
  let key = 0;
  for (let at = 0; at < text.length; at++) {
    key = roll(key, text.charCodeAt(at));
    if (at >= GRAM - 1) keys.push(key);
  }
  return keys;
}

/** Places each part under `stride` grams in a row, there where the fewest parts have any of them. */
function byRareGrams(entries: readonly Entry[], stride: number): Map<number, Placed[]> {
  const keys = entries.map(keysOf);
  const counts = new Map<number, number>();
  for (const key of keys.flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const placed = entries.flatMap((entry, index) => {
    const own = keys[index]!;
    const shared = own.map((key) => counts.get(key)!);
    const sums = shared.slice(stride - 1).map((_, at) => shared.slice(at, at + stride).reduce((sum, one) => sum + one));
    const from = sums.indexOf(Math.min(...sums));
    return own.slice(from, from + stride).map((key, at) => ({ entry, offset: from + at, key }));
  });
  return Map.groupBy(placed, ({ key }) => key);
}

/**
 * Finds parts anywhere in a text. One bit for each gram that some part has rules nearly every place out; the bits are few
 * enough to stay in the fastest cache, which an automaton over all parts is not. What is asked next is in flat arrays for
 * the same reason. Where all parts are long, only every `stride`th place has to be looked at (Wu and Manber, "A fast
 * algorithm for multi-pattern searching", 1994, take their steps for the same reason).
 */
export class GramFilter {
  private readonly bits: Int32Array;
  private readonly shift: number;
  private readonly grams: IntTable;
  /** By gram: its first part, how often it stood in the present scan, and which scan that was. */
  private readonly first: Int32Array;
  private readonly tries: Int32Array;
  private readonly triedIn: Int32Array;
  private readonly stride: number;
  /** By part: where in it the gram begins, its length and its last character. */
  private readonly offset: Int32Array;
  private readonly length: Int32Array;
  private readonly last: Int32Array;
  private readonly parts: Entry[];
  private scans = 0;

  constructor(entries: readonly Entry[]) {
    const shortest = Math.min(...entries.map(({ text }) => text.length));
    const stride = Math.min(MAX_STRIDE, shortest - GRAM + 1);
    // Each step reads a whole gram, so that short steps save nothing.
    this.stride = stride < GRAM ? 1 : stride;
    const grams = byRareGrams(entries, this.stride);
    const size = Math.max(8, Math.ceil(Math.log2(grams.size * BITS_PER_GRAM)));
    this.shift = 32 - size;
    this.bits = new Int32Array(2 ** (size - 5));
    for (const key of grams.keys()) {
      const hash = spread(key) >>> this.shift;
      this.bits[hash >>> 5]! |= 1 << hash;
    }
    this.grams = new IntTable(grams.keys());
    this.first = new Int32Array(grams.size + 1);
    for (const [gram, placed] of [...grams.values()].entries())
      this.first[gram + 1] = this.first[gram]! + placed.length;
    this.tries = new Int32Array(grams.size);
    this.triedIn = new Int32Array(grams.size);
    const placed = [...grams.values()].flat();
    this.offset = Int32Array.from(placed, ({ offset }) => offset);
    this.length = Int32Array.from(placed, ({ entry }) => entry.text.length);
    this.last = Int32Array.from(placed, ({ entry }) => entry.text.charCodeAt(entry.text.length - 1));
    this.parts = placed.map(({ entry }) => entry);
  }

  /** @param text in lower case */
  scan(text: string, hits: Hits): void {
    this.scans++;
    if (this.stride === 1) this.scanAll(text, hits);
    else this.scanSteps(text, hits);
  }

  private scanAll(text: string, hits: Hits): void {
    const { bits, shift } = this;
    let key = 0;
    for (let at = 0; at < text.length; at++) {
      key = roll(key, text.charCodeAt(at));
      const hash = spread(key) >>> shift;
      if ((bits[hash >>> 5]! & (1 << hash)) !== 0) {
        this.tryAt(text, at - GRAM + 1, key, hits);
        if (hits.enough) return;
      }
    }
  }

  private scanSteps(text: string, hits: Hits): void {
    const { bits, shift, stride } = this;
    for (let at = 0; at + GRAM <= text.length; at += stride) {
      let key = roll(text.charCodeAt(at), text.charCodeAt(at + 1));
      key = roll(roll(key, text.charCodeAt(at + 2)), text.charCodeAt(at + 3));
      const hash = spread(key) >>> shift;
      if ((bits[hash >>> 5]! & (1 << hash)) !== 0) {
        this.tryAt(text, at, key, hits);
        if (hits.enough) return;
      }
    }
  }

  private tryAt(text: string, at: number, key: number, hits: Hits): void {
    const gram = this.grams.get(key);
    if (gram < 0) return;
    if (this.triedIn[gram] !== this.scans) {
      this.triedIn[gram] = this.scans;
      this.tries[gram] = 0;
    }
    const tries = ++this.tries[gram]!;
    if (tries > MAX_TRIES) {
      if (tries === MAX_TRIES + 1) this.searchAll(text, gram, hits);
      return;
    }
    for (let part = this.first[gram]!; part < this.first[gram + 1]!; part++) {
      const from = at - this.offset[part]!;
      // Most places are told apart by one character.
      if (from < 0 || text.charCodeAt(from + this.length[part]! - 1) !== this.last[part]) continue;
      const entry = this.parts[part]!;
      if (text.startsWith(entry.text, from)) tell(entry, hits);
    }
  }

  private searchAll(text: string, gram: number, hits: Hits): void {
    for (let part = this.first[gram]!; part < this.first[gram + 1]!; part++) {
      if (text.includes(this.parts[part]!.text)) tell(this.parts[part]!, hits);
    }
  }
}
