/**
 * The extension of CEF: `key=value` pairs with blanks between them, where a value may hold blanks itself (ArcSight
 * Common Event Format, version 25, "The Extension Field"). A value ends where a blank and the next key begin; an equals
 * sign that no key stands before belongs to the value, as most senders forget to escape it.
 */
export interface Extension {
  readonly pairs: Record<string, string>;
  /** What stands in front of the first key. */
  readonly stray: string;
}

const EQUALS = 61;
const BACKSLASH = 92;
const POINT = 46;
const LONGEST_KEY = 128;

export function scanExtension(text: string, at: number): Extension {
  const pairs: Record<string, string> = {};
  let key = '';
  let valueAt = at;
  let stray = '';
  for (let equals = text.indexOf('=', at); equals >= 0; equals = text.indexOf('=', equals + 1)) {
    const keyAt = startOfKey(text, equals, valueAt);
    if (keyAt < 0) continue;
    if (key === '') stray = text.slice(at, keyAt).trim();
    else keep(pairs, key, text.slice(valueAt, keyAt));
    key = text.slice(keyAt, equals);
    valueAt = equals + 1;
  }
  if (key === '') return { pairs, stray: text.slice(at).trim() };
  keep(pairs, key, text.slice(valueAt));
  return { pairs, stray };
}

/** A backslash before `\`, `=`, `n` and `r` is an escape; before anything else it stands for itself. */
function unescapeValue(written: string): string {
  if (!written.includes('\\')) return written;
  return written.replaceAll(/\\([\\=nr])/g, (_, escaped: string) =>
    escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : escaped,
  );
}

function keep(pairs: Record<string, string>, key: string, written: string): void {
  if (key !== '__proto__') pairs[key] = unescapeValue(written.trim());
}

/** Where the key before the equals sign begins, or -1 when none stands there. */
function startOfKey(text: string, equals: number, from: number): number {
  if (text.charCodeAt(equals) !== EQUALS) return -1;
  const least = Math.max(from, equals - LONGEST_KEY);
  let i = equals;
  let free = false;
  while (i > least && isKeyChar(text.charCodeAt(i - 1))) i--;
  if (i === equals || (i > from && !isBlank(text.charCodeAt(i - 1)))) return -1;
  for (let at = i; at < equals; at++) {
    const c = text.charCodeAt(at);
    if (c === POINT && at > i) free = true;
    // Only behind a point do keys hold more than word characters: ad.Key[0], ad.some-name.
    else if (!free && !isWordChar(c)) return -1;
  }
  return text.charCodeAt(equals - 1) === BACKSLASH ? -1 : i;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9 || c === 10 || c === 13;
}

function isWordChar(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;
}

/** Word characters, `.`, `-`, `[` and `]`. */
function isKeyChar(c: number): boolean {
  return isWordChar(c) || c === POINT || c === 45 || c === 91 || c === 93;
}
