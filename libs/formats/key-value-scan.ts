import type { JsonObject } from '#ecs/event.js';

/**
 * `key=value` with blanks, commas or semicolons between: values bare or in double or single quotes, in which a
 * backslash escapes. A bare value ends at the separator; what has no key in front is skipped.
 */
export interface KeyValues {
  readonly pairs: Record<string, string>;
  readonly count: number;
  /** Where the first key begins. */
  readonly start: number;
}

const BACKSLASH = 92;
const LONGEST_KEY = 64;
const MOST = 512;

export interface KeyValueForm {
  /** What stands between pairs: any of these characters. */
  readonly separators: string;
  /** What stands between a key and its value. */
  readonly assignment: '=' | ':';
}

const BLANKS: KeyValueForm = { separators: ' \t', assignment: '=' };

export function scanKeyValues(text: string, from: number, form: KeyValueForm = BLANKS): KeyValues {
  const pairs: Record<string, string> = {};
  let count = 0;
  let start = -1;
  let at = from;
  const unclosed: number[] = [];
  for (
    let sign = text.indexOf(form.assignment, at);
    sign >= 0 && count < MOST;
    sign = text.indexOf(form.assignment, at)
  ) {
    const keyAt = startOfKey(text, sign, at);
    at = sign + 1;
    if (keyAt < 0) continue;
    if (start < 0) start = keyAt;
    const end = endOfValue(text, sign + 1, form.separators, unclosed);
    const key = text.slice(keyAt, sign);
    if (key !== '__proto__' && !Object.hasOwn(pairs, key)) pairs[key] = valueOf(text, sign + 1, end);
    count++;
    at = end;
  }
  return { pairs, count, start };
}

/** What a format keeps of its own, as JSON. */
export function asJson(pairs: Readonly<Record<string, string>>): JsonObject {
  return { ...pairs };
}

function startOfKey(text: string, sign: number, from: number): number {
  const least = Math.max(from, sign - LONGEST_KEY);
  let i = sign;
  while (i > least && isKeyChar(text.charCodeAt(i - 1))) i--;
  return i === sign || isKeyChar(text.charCodeAt(i - 1)) ? -1 : i;
}

function isKeyChar(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 45 || c === 46;
}

/**
 * The position behind the value, its closing quote included.
 * @param unclosed quotes that are known to close nowhere further on: a second search for them would make the time quadratic
 */
function endOfValue(text: string, at: number, separators: string, unclosed: number[]): number {
  const quote = text.charCodeAt(at);
  if ((quote === 34 || quote === 39) && !unclosed.includes(quote)) {
    for (let i = at + 1; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === BACKSLASH) i++;
      else if (c === quote && isBoundary(text, i + 1, separators)) return i + 1;
    }
    unclosed.push(quote);
  }
  let i = at;
  while (i < text.length && !separators.includes(text.charAt(i))) i++;
  return i;
}

/** A quote inside a value (an unescaped one) is followed by text; the closing one by a separator or the end. */
function isBoundary(text: string, at: number, separators: string): boolean {
  return at >= text.length || separators.includes(text.charAt(at)) || /[,;\s}\])]/.test(text.charAt(at));
}

function valueOf(text: string, at: number, end: number): string {
  const quote = text.charCodeAt(at);
  const quoted = (quote === 34 || quote === 39) && end - at > 1 && text.charCodeAt(end - 1) === quote;
  const written = quoted ? text.slice(at + 1, end - 1) : text.slice(at, end);
  return quoted && written.includes('\\') ? written.replaceAll(/\\(["'\\])/g, '$1') : written.replace(/[,;]$/, '');
}
