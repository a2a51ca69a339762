import { foldText } from './wildcard.js';

/** A set of code points: inclusive ranges [low, high, low, high, ...], sorted, with gaps between them. */
export type CharSet = readonly number[];

const last = 0x10ffff;

/** Any ranges, in any order and overlapping, as a set. */
export function toSet(ranges: readonly number[]): CharSet {
  const pairs: [number, number][] = [];
  for (let at = 0; at < ranges.length; at += 2) pairs.push([ranges[at]!, ranges[at + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const set: number[] = [];
  for (const [low, high] of pairs) {
    const end = set.length - 1;
    if (end > 0 && low <= set[end]! + 1) set[end] = Math.max(set[end]!, high);
    else set.push(low, high);
  }
  return set;
}

export function negate(set: CharSet): CharSet {
  const found: number[] = [];
  let from = 0;
  for (let at = 0; at < set.length; at += 2) {
    if (set[at]! > from) found.push(from, set[at]! - 1);
    from = set[at + 1]! + 1;
  }
  return from <= last ? [...found, from, last] : found;
}

export function has(set: CharSet, point: number): boolean {
  let low = 0;
  let high = set.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set[2 * middle + 1]! < point) low = middle + 1;
    else high = middle;
  }
  return 2 * low < set.length && set[2 * low]! <= point;
}

/** By each letter with case beyond ASCII, the letters that are one with it. Made when first needed. */
let beyondAscii: Map<number, number[]> | undefined;

/** The last letter with case in Unicode is in this block. */
const lastCased = 0x1e943;
const kelvin = 0x212a;

function casesBeyondAscii(): Map<number, number[]> {
  if (beyondAscii) return beyondAscii;
  beyondAscii = new Map();
  for (let point = 0x80; point <= lastCased; point++) {
    const text = String.fromCodePoint(point);
    const small = foldText(text).codePointAt(0)!;
    // the dotted capital I stays itself, as in PCRE; the sign for kelvin is with "k"
    if (small === point || small < 0x80) continue;
    const group = beyondAscii.get(small) ?? [small];
    group.push(point);
    beyondAscii.set(small, group).set(point, group);
  }
  return beyondAscii;
}

/** The letters that are one with a character in different case, itself among them; none where there is no case. */
function casesOf(point: number): readonly number[] {
  if (point === kelvin) return [0x4b, 0x6b, kelvin];
  if (point >= 0x80) return casesBeyondAscii().get(point) ?? [];
  const letter = String.fromCharCode(point);
  if (!/[a-z]/i.test(letter)) return [];
  const both = [point | 0x20, point & ~0x20];
  return letter === 'k' || letter === 'K' ? [...both, kelvin] : both;
}

const isFew = (low: number, high: number) => high - low < 0x100;

/** Whether {@link foldCase} has to look at all letters there are. */
export const foldsWidely = (set: CharSet): boolean => set.some((low, at) => at % 2 === 0 && !isFew(low, set[at + 1]!));

/** The letters that are one with a letter of the range. */
function casesIn(low: number, high: number): number[] {
  const few = isFew(low, high);
  const points = few
    ? Array.from({ length: high - low + 1 }, (_, at) => low + at)
    : [...Array(0x80).keys(), kelvin, ...casesBeyondAscii().keys()].filter((it) => low <= it && it <= high);
  return points.flatMap(casesOf);
}

/** The set with every letter in both cases. Letters are one when their lower case is, as in all of Sigma's plain values. */
export function foldCase(set: CharSet): CharSet {
  const reached: number[] = [];
  for (let at = 0; at < set.length; at += 2) reached.push(...casesIn(set[at]!, set[at + 1]!));
  return reached.length === 0 ? set : toSet([...set, ...reached.flatMap((it) => [it, it])]);
}

export const anyChar: CharSet = [0, last];
export const notNewline: CharSet = [0, 9, 11, last];

const chars = (text: string): CharSet =>
  toSet(
    [...text.matchAll(/(.)(?:-(.))?/gsu)].flatMap(([, from, to = from]) => [from, to].map((it) => it!.codePointAt(0)!)),
  );

/** \d \s \w of PCRE without Unicode properties; \h and \v are its blanks and line ends. */
export const escapes: Readonly<Record<string, CharSet>> = {
  d: chars('0-9'),
  s: chars('\t-\r '),
  w: chars('0-9A-Z_a-z'),
  h: chars('\t \u00a0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000'),
  v: chars('\n-\r\u0085\u2028-\u2029'),
};

export const posix: Readonly<Record<string, CharSet>> = {
  alnum: chars('0-9A-Za-z'),
  alpha: chars('A-Za-z'),
  ascii: chars('\0-\x7f'),
  blank: chars('\t '),
  cntrl: chars('\0-\x1f\x7f'),
  digit: chars('0-9'),
  graph: chars('!-~'),
  lower: chars('a-z'),
  print: chars(' -~'),
  punct: chars('!-/:-@[-`{-~'),
  space: chars('\t-\r '),
  upper: chars('A-Z'),
  word: chars('0-9A-Z_a-z'),
  xdigit: chars('0-9A-Fa-f'),
};
