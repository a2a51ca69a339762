import type { Token } from '#sigma/wildcard.js';
import type { Part } from './parts.js';

/**
 * What must be found in a field before a test can hold: one of some texts, any text at all, or nothing (`none`: it may
 * hold for an event without the field).
 */
export type Gate = Part[] | 'text' | 'none';

const isStar = (token: Token | undefined): boolean => token !== undefined && 'wild' in token && token.wild === '*';

/** The longest literal of a wildcard string, tied to the start or the end where the string is. */
function longestPart(tokens: readonly Token[]): Part | null {
  const parts = tokens.flatMap((token, at): Part[] =>
    'text' in token ? [{ text: token.text, start: at === 0, end: at === tokens.length - 1 }] : [],
  );
  return parts.reduce<Part | null>((best, one) => (best && best.text.length >= one.text.length ? best : one), null);
}

/**
 * @param tokens a wildcard string in lower case
 * @returns what must be found for it, and whether that is the whole of it
 */
export function gateOf(tokens: readonly Token[]): { gate: Gate; whole: boolean } {
  const from = tokens.findIndex((token) => !isStar(token));
  if (from < 0 && tokens.length > 0) return { gate: 'text', whole: true };
  const to = tokens.findLastIndex((token) => !isStar(token)) + 1;
  const inner = tokens.slice(Math.max(from, 0), to);
  if (inner.every((token) => 'text' in token)) {
    const text = inner.map((token) => ('text' in token ? token.text : '')).join('');
    return { gate: [{ text, start: from <= 0, end: to === tokens.length }], whole: true };
  }
  const longest = longestPart(tokens);
  return { gate: longest ? [longest] : 'text', whole: false };
}
