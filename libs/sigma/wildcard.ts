import { Fault } from './fault.js';

/**
 * A piece of a Sigma string: plain text, `*` (any run of characters), `?` (exactly one code point), or the name of a list whose
 * values stand in its place once they are known.
 */
export type Token = { text: string } | { wild: '*' | '?' } | { placeholder: string };

const any: Token = { wild: '*' };

/**
 * Reads a Sigma string. A backslash escapes `*`, `?` and itself, and is a plain character before anything else, so
 * `\` and `\\` both mean one backslash, `\*` a star, `\\*` a backslash and a wildcard, `\\\*` a backslash and a star,
 * and three or four backslashes mean two (Sigma rules specification 2.1, "Escape Character").
 */
export const parseWildcard = (raw: string): Token[] => tokenise(raw, '*?\\');

/** Reads a Sigma string in which `%name%` is a placeholder and `\%` a percent sign ("Placeholders", same section). */
export const parsePlaceholders = (raw: string): Token[] => tokenise(raw, '*?\\%');

const name = /%([^%*?\\]+)%/y;

function tokenise(raw: string, special: string): Token[] {
  const tokens: Token[] = [];
  let text = '';
  const add = (token: Token) => {
    if (text) tokens.push({ text });
    text = '';
    tokens.push(token);
  };
  for (let at = 0; at < raw.length; at++) {
    const character = raw.charAt(at);
    if (!special.includes(character)) {
      text += character;
    } else if (character === '*' || character === '?') {
      add({ wild: character });
    } else if (character === '%') {
      name.lastIndex = at;
      const placeholder = name.exec(raw)?.[1];
      if (placeholder === undefined) text += character;
      else add({ placeholder });
      at += placeholder === undefined ? 0 : placeholder.length + 1;
    } else {
      const next = raw.charAt(at + 1);
      const escapes = next !== '' && special.includes(next);
      text += escapes ? next : character;
      at += escapes ? 1 : 0;
    }
  }
  if (text) tokens.push({ text });
  return tokens;
}

const isAny = (token: Token | undefined) => token !== undefined && 'wild' in token && token.wild === '*';

export const openEnd = (tokens: Token[]): Token[] => (isAny(tokens.at(-1)) ? tokens : [...tokens, any]);
export const openStart = (tokens: Token[]): Token[] => (isAny(tokens[0]) ? tokens : [any, ...tokens]);
export const openBoth = (tokens: Token[]): Token[] => openStart(openEnd(tokens));

/** The string's text when it has no wildcard, else null. */
export function plainText(tokens: Token[]): string | null {
  let text = '';
  for (const token of tokens) {
    if (!('text' in token)) return null;
    text += token.text;
  }
  return text;
}

/** What lower case alone makes dependent on its neighbours (the last sigma of a word), or two characters (the dotted I). */
const uneven = /[\u0307ς]/;

/**
 * The form in which texts are equal without regard to case: Unicode's simple lower case, each character by itself and one
 * for one, and every sigma a sigma. So a part of a text has the form that it has in the whole.
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  return uneven.test(lower) ? text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ') : lower;
}

export const fold = (tokens: Token[]): Token[] =>
  tokens.map((token) => ('text' in token ? { text: foldText(token.text) } : token));

/**
 * The string as a predicate; the frequent shapes become one native string call.
 *
 * @throws Fault when a placeholder is left in it
 */
export function compileWildcard(tokens: Token[]): (text: string) => boolean {
  const unknown = tokens.find((token) => 'placeholder' in token);
  if (unknown) throw new Fault(`the rule needs the list "${unknown.placeholder}"`);
  const plain = plainText(tokens);
  if (plain !== null) return (text) => text === plain;
  if (tokens.length === 1 && isAny(tokens[0])) return () => true;
  const opensAt = isAny(tokens[0]);
  const opensTo = isAny(tokens.at(-1));
  const inner = plainText(tokens.slice(opensAt ? 1 : 0, opensTo ? -1 : undefined));
  if (inner === null) return compileGlob(tokens);
  if (opensAt && opensTo) return (text) => text.includes(inner);
  return opensAt ? (text) => text.endsWith(inner) : (text) => text.startsWith(inner);
}

/** What stands between two stars. */
type Segment = Exclude<Token, { placeholder: string }>[];

function segments(tokens: Token[]): Segment[] {
  const found: Segment[] = [[]];
  for (const token of tokens) {
    if (isAny(token)) found.push([]);
    else if (!('placeholder' in token)) found.at(-1)!.push(token);
  }
  return found;
}

/** Whether two UTF-16 units that make one character stand there. */
const isPair = (text: string, at: number) => (text.codePointAt(at) ?? 0) > 0xffff;

/** Where the segment ends that begins at a place; -1 when it does not stand there. */
function endOf(segment: Segment, text: string, from: number): number {
  let at = from;
  for (const token of segment) {
    if ('text' in token) {
      if (!text.startsWith(token.text, at)) return -1;
      at += token.text.length;
    } else {
      if (at >= text.length) return -1;
      at += isPair(text, at) ? 2 : 1;
    }
  }
  return at;
}

/** Where the segment begins that ends with the text; -1 when the text does not end with it. */
function startOf(segment: Segment, text: string): number {
  let at = text.length;
  for (const token of segment.toReversed()) {
    if ('text' in token) at -= token.text.length;
    else at -= isPair(text, at - 2) ? 2 : 1;
    if (at < 0 || ('text' in token && !text.startsWith(token.text, at))) return -1;
  }
  return at;
}

/** Where the first place ends, from `from` on, at which the segment stands; -1 when there is none. */
function findEnd(segment: Segment, text: string, from: number): number {
  const [first] = segment;
  for (let at = from; at <= text.length; at += isPair(text, at) ? 2 : 1) {
    if (first && 'text' in first) at = text.indexOf(first.text, at);
    if (at < 0) return -1;
    const end = endOf(segment, text, at);
    if (end >= 0) return end;
  }
  return -1;
}

/** Leftmost match of each inner segment in turn: no backtracking, so no pattern is slow. */
function compileGlob(tokens: Token[]): (text: string) => boolean {
  const all = segments(tokens);
  const head = all[0]!;
  if (all.length === 1) return (text) => endOf(head, text, 0) === text.length;
  const tail = all.at(-1)!;
  const inner = all.slice(1, -1);
  return (text) => {
    let from = endOf(head, text, 0);
    if (from < 0) return false;
    const limit = startOf(tail, text);
    for (const segment of inner) {
      from = findEnd(segment, text, from);
      if (from < 0 || from > limit) return false;
    }
    return from <= limit;
  };
}
