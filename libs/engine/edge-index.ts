import { IntTable } from './int-table.js';
import { standsIn, tell, type Entry, type Hits } from './parts.js';

/** How many characters from the edge are looked up at once. Parts are found under the longest that they have. */
const TIERS = [4, 8, 12];

const step = (hash: number, code: number): number => (Math.imul(hash, 31) + code) & 0x3fffffff;

const tierOf = ({ text }: Entry): number => TIERS.findLast((length) => text.length >= length) ?? TIERS[0]!;

/** Finds parts that begin (or end) where the text does, by a number for its first (or last) characters. */
export class EdgeIndex {
  private readonly tiers: (IntTable<Entry[]> | null)[];
  private readonly deepest: number;

  constructor(
    entries: readonly Entry[],
    private readonly edge: 'start' | 'end',
  ) {
    const groups = Map.groupBy(entries, tierOf);
    this.tiers = TIERS.map((length) => {
      const group = groups.get(length);
      return group ? new IntTable(Map.groupBy(group, ({ text }) => this.hashOf(text, length))) : null;
    });
    this.deepest = TIERS[this.tiers.findLastIndex((tier) => tier !== null)]!;
  }

  scan(text: string, hits: Hits): void {
    const reach = Math.min(text.length, this.deepest);
    const last = text.length - 1;
    const atEnd = this.edge === 'end';
    let hash = 0;
    for (let at = 0; at < reach; at++) {
      hash = step(hash, text.charCodeAt(atEnd ? last - at : at));
      if ((at & 3) === 3) this.look(at >> 2, hash, text, hits);
    }
    // A text shorter than the first tier is looked up whole.
    if (reach < TIERS[0]!) this.look(0, hash, text, hits);
  }

  private look(tier: number, hash: number, text: string, hits: Hits): void {
    const entries = this.tiers[tier]?.get(hash);
    if (entries === undefined) return;
    for (let at = 0; at < entries.length; at++) if (standsIn(text, entries[at]!)) tell(entries[at]!, hits);
  }

  private hashOf(text: string, length: number): number {
    let hash = 0;
    for (let at = 0; at < Math.min(length, text.length); at++) {
      hash = step(hash, text.charCodeAt(this.edge === 'end' ? text.length - 1 - at : at));
    }
    return hash;
  }
}
