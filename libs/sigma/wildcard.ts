import { Fault } from './fault.js';

/**
 * A piece of a Sigma string: plain text, `*` (any run of characters), `?` (exactly one), or the name of a list whose
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

export const fold = (tokens: Token[]): Token[] =>
  tokens.map((token) => ('text' in token ? { text: token.text.toLowerCase() } : token));

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

/** What stands between two stars: text and single wildcards, of fixed length. */
type Segment = { length: number; parts: { at: number; text: string }[] };

function segments(tokens: Token[]): Segment[] {
  const found: Segment[] = [{ length: 0, parts: [] }];
  for (const token of tokens) {
    const last = found.at(-1)!;
    if (isAny(token)) {
      found.push({ length: 0, parts: [] });
    } else if ('text' in token) {
      last.parts.push({ at: last.length, text: token.text });
      last.length += token.text.length;
    } else {
      last.length++;
    }
  }
  return found;
}

const standsAt = (segment: Segment, text: string, at: number) =>
  segment.parts.every((part) => text.startsWith(part.text, at + part.at));

function findFrom(segment: Segment, text: string, from: number, limit: number): number {
  const first = segment.parts[0];
  for (let at = from; at + segment.length <= limit; at++) {
    if (first) {
      const next = text.indexOf(first.text, at + first.at);
      if (next < 0) return -1;
      at = next - first.at;
      if (at + segment.length > limit) return -1;
    }
    if (standsAt(segment, text, at)) return at;
  }
  return -1;
}

/** Leftmost match of each inner segment in turn: no backtracking, so no pattern is slow. */
function compileGlob(tokens: Token[]): (text: string) => boolean {
  const all = segments(tokens);
  const head = all[0]!;
  const tail = all.at(-1)!;
  if (all.length === 1) return (text) => text.length === head.length && standsAt(head, text, 0);
  const inner = all.slice(1, -1);
  return (text) => {
    const limit = text.length - tail.length;
    if (limit < head.length || !standsAt(head, text, 0) || !standsAt(tail, text, limit)) return false;
    let from = head.length;
    for (const segment of inner) {
      const at = findFrom(segment, text, from, limit);
      if (at < 0) return false;
      from = at + segment.length;
    }
    return true;
  };
}
