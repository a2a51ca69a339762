import { EdgeIndex } from './edge-index.js';
import { GramFilter } from './gram-filter.js';
import { GRAM, standsIn, tell, type Entry, type Hits, type Part, type Pattern } from './parts.js';

function merged(patterns: readonly Pattern[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { text, start, end, id } of patterns) {
    const key = `${Number(start)}${Number(end)}${text}`;
    const known = entries.get(key);
    if (known) known.ids.push(id);
    else entries.set(key, { text, start, end, ids: [id] });
  }
  return [...entries.values()];
}

const ASCII = 128;
const lastOf = ({ text }: Part): number => text.charCodeAt(text.length - 1);
const isForeign = (part: Part): boolean => isInside(part) && lastOf(part) >= ASCII;
const isInside = ({ start, end }: Part): boolean => !start && !end;

/** So few parts are found faster one by one, by the machine's own search, which the more parts are worth the longer the text. */
const FEW = 4;
const FEW_IN_LONG = 16;
const LONG_TEXT = 2048;

const isLong = ({ text, start, end }: Part): boolean => text.length >= GRAM || (start && end);

/** Finds many parts in a text in one pass, or in a few looks where all of them are at its start or its end. */
export class Scanner {
  /** No shorter text holds any of the parts. */
  readonly shortest: number;
  private readonly ends: EdgeIndex | null;
  private readonly starts: EdgeIndex | null;
  private readonly inside: GramFilter | null;
  /** Those of `inside` when they are few. */
  private readonly few: readonly Entry[];
  /** Too short for a gram, or too few: looked for one by one. */
  private readonly single: readonly Entry[];
  /** The same beyond ASCII, by their last UTF-16 unit: looked for only where a text has it. */
  private readonly foreign: ReadonlyMap<number, Entry[]> | null;

  constructor(patterns: readonly Pattern[]) {
    const entries = merged(patterns);
    this.shortest = Math.min(...entries.map(({ text }) => text.length));
    const long = entries.filter(isLong);
    const ends = long.filter(({ end }) => end);
    const starts = long.filter(({ start, end }) => start && !end);
    const within = long.filter(isInside);
    const inside = within.length < FEW ? [] : within;
    this.ends = ends.length > 0 ? new EdgeIndex(ends, 'end') : null;
    this.starts = starts.length > 0 ? new EdgeIndex(starts, 'start') : null;
    this.inside = inside.length > 0 ? new GramFilter(inside) : null;
    this.few = inside.length <= FEW_IN_LONG ? inside : [];
    const others = [...entries.filter((entry) => !isLong(entry)), ...(within.length < FEW ? within : [])];
    const foreign = others.filter(isForeign);
    this.single = others.filter((entry) => !isForeign(entry));
    this.foreign = foreign.length > 0 ? Map.groupBy(foreign, lastOf) : null;
  }

  /** @param text in lower case */
  scan(text: string, hits: Hits): void {
    if (this.ends !== null) this.ends.scan(text, hits);
    if (this.starts !== null) this.starts.scan(text, hits);
    if (this.single.length > 0) tellStanding(this.single, text, hits);
    if (this.few.length > 0 && text.length > LONG_TEXT) tellStanding(this.few, text, hits);
    else if (this.inside !== null && !hits.enough) this.inside.scan(text, hits);
    if (this.foreign !== null && !hits.enough) tellForeign(this.foreign, text, hits);
  }
}

function tellStanding(entries: readonly Entry[], text: string, hits: Hits): void {
  for (let at = 0; at < entries.length && !hits.enough; at++) {
    if (standsIn(text, entries[at]!)) tell(entries[at]!, hits);
  }
}

function tellForeign(foreign: ReadonlyMap<number, Entry[]>, text: string, hits: Hits): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < ASCII) continue;
    const entries = foreign.get(code);
    if (entries === undefined) continue;
    for (const entry of entries) if (text.startsWith(entry.text, at - entry.text.length + 1)) tell(entry, hits);
    if (hits.enough) return;
  }
}
