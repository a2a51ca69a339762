import { IntTable } from './int-table.js';
import { standsIn, tell, type Entry, type Hits } from './parts.js';

/** How many characters from the edge are looked up at once: parts of eight and more under eight, others under four. */
const SHORT = 4;
const LONG = 8;

const step = (hash: number, code: number): number => (Math.imul(hash, 31) + code) & 0x3fffffff;

/** Finds parts that begin (or end) where the text does, by a number for its first (or last) characters. */
export class EdgeIndex {
  private readonly hashes: IntTable;
  /** By the number of a hash. */
  private readonly entries: Entry[][];
  private readonly atEnd: boolean;

  constructor(entries: readonly Entry[], edge: 'start' | 'end') {
    this.atEnd = edge === 'end';
    const byHash = Map.groupBy(entries, ({ text }) => this.hashOf(text, text.length < LONG ? SHORT : LONG));
    this.hashes = new IntTable(byHash.keys());
    this.entries = [...byHash.values()];
  }

  scan(text: string, hits: Hits): void {
    const last = text.length - 1;
    let hash = 0;
    for (let at = 0; at < LONG && at <= last; at++) {
      hash = step(hash, text.charCodeAt(this.atEnd ? last - at : at));
      if (at === SHORT - 1 || at === LONG - 1) this.look(hash, text, hits);
    }
    // A text shorter than that is looked up whole.
    if (last < SHORT - 1) this.look(hash, text, hits);
  }

  private look(hash: number, text: string, hits: Hits): void {
    const number = this.hashes.get(hash);
    if (number < 0) return;
    const entries = this.entries[number]!;
    for (let at = 0; at < entries.length; at++) if (standsIn(text, entries[at]!)) tell(entries[at]!, hits);
  }

  private hashOf(text: string, length: number): number {
    let hash = 0;
    for (let at = 0; at < Math.min(length, text.length); at++) {
      hash = step(hash, text.charCodeAt(this.atEnd ? text.length - 1 - at : at));
    }
    return hash;
  }
}
