import { IntTable } from './int-table.js';
import { standsIn, tell, type Entry, type Hits } from './parts.js';

/** How many characters from the edge are looked up at once. Parts are found under the longest that they have. */
const TIERS = [4, 8, 12];

/** Entries by their hash's number. */
type Tier = { hashes: IntTable; entries: Entry[][] };

const step = (hash: number, code: number): number => (Math.imul(hash, 31) + code) & 0x3fffffff;

const tierOf = ({ text }: Entry): number => TIERS.findLast((length) => text.length >= length) ?? TIERS[0]!;

/** Finds parts that begin (or end) where the text does, by a number for its first (or last) characters. */
export class EdgeIndex {
  private readonly tiers: (Tier | null)[];
  private readonly deepest: number;

  constructor(
    entries: readonly Entry[],
    private readonly edge: 'start' | 'end',
  ) {
    const groups = Map.groupBy(entries, tierOf);
    this.tiers = TIERS.map((length) => {
      const group = groups.get(length);
      if (!group) return null;
      const byHash = Map.groupBy(group, ({ text }) => this.hashOf(text, length));
      return { hashes: new IntTable(byHash.keys()), entries: [...byHash.values()] };
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
    const found = this.tiers[tier] ?? null;
    const number = found === null ? -1 : found.hashes.get(hash);
    if (number < 0) return;
    const entries = found!.entries[number]!;
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
