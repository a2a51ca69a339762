import { IntTable, spread } from './int-table.js';
import { GRAM, tell, type Entry, type Hits } from './parts.js';

type Placed = { entry: Entry; offset: number };
/** The parts that have a gram, and how often in the present scan it stood there without them. */
type Bucket = { placed: Placed[]; scan: number; tries: number };

const KEY = (1 << (GRAM * 7)) - 1;
const BITS_PER_GRAM = 16;
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
    return { entry, offset, key: keys[at]![offset]! };
  });
  return Map.groupBy(placed, ({ key }) => key);
}

/**
 * Finds parts anywhere in a text. One bit for each gram that some part has rules nearly every place out; the bits are few
 * enough to stay in the fastest cache, which an automaton over all parts is not.
 */
export class GramFilter {
  private readonly bits: Int32Array;
  private readonly shift: number;
  private readonly buckets: IntTable<Bucket>;
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
    this.buckets = new IntTable(new Map([...grams].map(([key, placed]) => [key, { placed, scan: 0, tries: 0 }])));
  }

  /** @param text in lower case */
  scan(text: string, hits: Hits): void {
    const { bits, shift } = this;
    this.scans++;
    let key = 0;
    for (let at = 0; at < text.length; at++) {
      key = roll(key, text.charCodeAt(at));
      const hash = spread(key) >>> shift;
      if ((bits[hash >>> 5]! & (1 << (hash & 31))) !== 0) this.tryAt(text, at, key, hits);
    }
  }

  private tryAt(text: string, at: number, key: number, hits: Hits): void {
    const bucket = this.buckets.get(key);
    if (bucket === undefined) return;
    if (bucket.scan !== this.scans) {
      bucket.scan = this.scans;
      bucket.tries = 0;
    }
    if (bucket.tries > MAX_TRIES) return;
    const last = ++bucket.tries > MAX_TRIES;
    for (const { entry, offset } of bucket.placed) {
      const from = at - GRAM + 1 - offset;
      if (last ? text.includes(entry.text) : from >= 0 && text.startsWith(entry.text, from)) tell(entry, hits);
    }
  }
}
