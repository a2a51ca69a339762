import { escapes, type CharSet } from './char-set.js';
import { toAlphabet, type Alphabet } from './regex-alphabet.js';
import type { Edge } from './regex-syntax.js';

export const placesOfWord = 32;
const allPlaces = -1;
const newline = 10;

const edges: readonly Edge[] = ['textStart', 'textEnd', 'finalLine', 'lineStart', 'lineEnd', 'boundary', 'noBoundary'];

/**
 * 32 places of a text as bits: bit `p` is the place before the word's character `p`. `kinds` tells by kind of place, or of
 * the character after it, which places are of the kind. Parts carry over what they need: `from` the word before, `to` the
 * next one.
 */
export class Word {
  private isFirst = true;
  /** The places up to the text's end. */
  places = 0;
  kinds = new Int32Array(0);
  from = new Int32Array(0);
  to = new Int32Array(0);
  private readonly sets: CharSet[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly newlines = this.kindOf([newline, newline]);
  private readonly words = this.kindOf(escapes.w!);
  private alphabet: Alphabet | undefined;
  private classes = new Int32Array(0);
  private unit = 0;

  kindOf(of: CharSet | Edge): number {
    if (typeof of === 'string') return edges.indexOf(of);
    const key = of.join();
    const number = this.numbers.get(key) ?? edges.length + this.sets.push(of) - 1;
    this.numbers.set(key, number);
    return number;
  }

  /**
   * Once all kinds are known.
   * @throws Fault too many different characters
   */
  prepare(carries: number): void {
    this.alphabet = toAlphabet(this.sets);
    this.kinds = new Int32Array(edges.length + this.sets.length);
    this.from = new Int32Array(carries);
    this.to = new Int32Array(carries);
    this.classes = new Int32Array(this.alphabet.size);
  }

  begin(): void {
    this.isFirst = true;
    this.unit = 0;
    this.kinds.fill(0);
    this.to.fill(0);
  }

  /** Goes on to the next word of a text; false where there is none. */
  next(text: string): boolean {
    const { kinds } = this;
    const atEnd = kinds[1] !== 0;
    if (atEnd) return false;
    const [lineBefore, wordBefore] = [kinds[this.newlines]! >>> 31, kinds[this.words]! >>> 31];
    this.from.set(this.to);
    const count = this.readCharacters(text);
    const isLast = this.unit >= text.length;
    const end = isLast && count < placesOfWord ? 1 << count : 0;
    const endsLine = isLast && count > 0 && text.charCodeAt(text.length - 1) === newline;
    this.places = end === 0 ? allPlaces : end | (end - 1);
    const start = this.isFirst ? 1 : 0;
    this.isFirst = false;
    const lines = kinds[this.newlines]!;
    const boundary = kinds[this.words]! ^ ((kinds[this.words]! << 1) | wordBefore);
    kinds[0] = start;
    kinds[1] = end;
    kinds[2] = end | (endsLine ? 1 << (count - 1) : 0);
    kinds[3] = start | (((lines << 1) | lineBefore) & ~end);
    kinds[4] = lines | end;
    kinds[5] = boundary;
    kinds[6] = ~boundary;
    return true;
  }

  /** @returns how many characters there were, up to 32 */
  private readCharacters(text: string): number {
    const { classes } = this;
    const { latin, classOf } = this.alphabet!;
    classes.fill(0);
    let { unit } = this;
    let count = 0;
    for (const end = Math.min(placesOfWord, text.length - unit); count < end; count++) {
      const code = text.charCodeAt(unit + count);
      if (code > 0xff) break;
      classes[latin[code]!]! |= 1 << count;
    }
    unit += count;
    for (; count < placesOfWord && unit < text.length; count++) {
      const point = text.codePointAt(unit)!;
      classes[point > 0xff ? classOf(point) : latin[point]!]! |= 1 << count;
      unit += point > 0xffff ? 2 : 1;
    }
    this.unit = unit;
    this.fillSets(count === placesOfWord ? allPlaces : (1 << count) - 1);
    return count;
  }

  private fillSets(all: number): void {
    const { members } = this.alphabet!;
    for (let set = 0; set < members.length; set++) {
      const { classes, inverted } = members[set]!;
      let found = 0;
      for (let place = 0; place < classes.length; place++) found |= this.classes[classes[place]!]!;
      this.kinds[edges.length + set] = inverted ? all & ~found : found;
    }
  }
}
