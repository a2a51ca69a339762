import { IntTable, spread } from './int-table.js';
import { GRAM, tell, type Entry, type Hits } from './parts.js';

/** `back` is how far before the gram's last character the part begins. */
type Placed = { entry: Entry; back: number };

const KEY = (1 << (GRAM * 7)) - 1;
const BITS_PER_GRAM = 64;
/** After so many vain tries at one gram in one text its parts are searched for once and for all: no text is slow. */
const MAX_TRIES = 8;

/** A number for the last four characters, given the one for the four before; nothing older is left in it. */
const roll = (key: number, code: number): number => ((key << 7) ^ code) & KEY;

function keysOf({ text }: Entry): number[] {
  const keys: number[] = [];
  let key = 0;
  for (let at = 0; at < text.length; at++) {
    key = roll(key, text.charCodeAt(at));
    if (at >= GRAM - 1) keys.push(key);
  }
  return keys;
}

/** For each part the one of its grams that the fewest parts have. */
function byRarestGram(entries: readonly Entry[]): Map<number, Placed[]> {
  const keys = entries.map(keysOf);
  const counts = new Map<number, number>();
  for (const key of keys.flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const placed = entries.map((entry, at) => {
    const shared = keys[at]!.map((key) => counts.get(key)!);
    const offset = shared.indexOf(Math.min(...shared));
    return { entry, back: offset + GRAM - 1, key: keys[at]![offset]! };
  });
  return Map.groupBy(placed, ({ key }) => key);
}

/**
 * Finds parts anywhere in a text. One bit for each gram that some part has rules nearly every place out; the bits are few
 * enough to stay in the fastest cache, which an automaton over all parts is not. What is asked next is in flat arrays for
 * the same reason.
 */
export class GramFilter {
  private readonly bits: Int32Array;
  private readonly shift: number;
  private readonly grams: IntTable;
  /** By gram: its first part, how often it stood in the present scan, and which scan that was. */
  private readonly first: Int32Array;
  private readonly tries: Int32Array;
  private readonly triedIn: Int32Array;
  /** By part: how far before the gram's last character it begins, its length and its last character. */
  private readonly back: Int32Array;
  private readonly length: Int32Array;
  private readonly last: Int32Array;
  private readonly parts: Entry[];
  private scans = 0;

  constructor(entries: readonly Entry[]) {
    const grams = byRarestGram(entries);
    const size = Math.max(8, Math.ceil(Math.log2(grams.size * BITS_PER_GRAM)));
    this.shift = 32 - size;
    this.bits = new Int32Array(2 ** (size - 5));
    for (const key of grams.keys()) {
      const hash = spread(key) >>> this.shift;
      this.bits[hash >>> 5]! |= 1 << (hash & 31);
    }
    this.grams = new IntTable(grams.keys());
    this.first = new Int32Array(grams.size + 1);
    for (const [gram, placed] of [...grams.values()].entries())
      this.first[gram + 1] = this.first[gram]! + placed.length;
    this.tries = new Int32Array(grams.size);
    this.triedIn = new Int32Array(grams.size);
    const placed = [...grams.values()].flat();
    this.back = Int32Array.from(placed, ({ back }) => back);
    this.length = Int32Array.from(placed, ({ entry }) => entry.text.length);
    this.last = Int32Array.from(placed, ({ entry }) => entry.text.charCodeAt(entry.text.length - 1));
    this.parts = placed.map(({ entry }) => entry);
  }

  /**
   * @param text in lower case
   * @returns whether all of it is ASCII
   */
  scan(text: string, hits: Hits): boolean {
    const { bits, shift } = this;
    this.scans++;
    let key = 0;
    let seen = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      seen |= code;
      key = roll(key, code);
      const hash = spread(key) >>> shift;
      if ((bits[hash >>> 5]! & (1 << (hash & 31))) !== 0) this.tryAt(text, at, key, hits);
    }
    return seen < 128;
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
      const from = at - this.back[part]!;
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
