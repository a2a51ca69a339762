/** Comma-separated values (RFC 4180), as PAN-OS writes them: a quote inside quotes is doubled or escaped. */

const COMMA = 44;
const QUOTE = 34;
const BACKSLASH = 92;
const MOST = 256;

/** The values from `at` on, at most 256; a quote that is never closed ends with the text. */
export function scanCsv(text: string, at: number): string[] {
  const values: string[] = [];
  let from = at;
  while (from <= text.length && values.length < MOST) {
    const end = text.charCodeAt(from) === QUOTE ? endOfQuoted(text, from) : endOfBare(text, from);
    values.push(valueOf(text, from, end));
    from = end + 1;
  }
  return values;
}

function endOfBare(text: string, at: number): number {
  const comma = text.indexOf(',', at);
  return comma < 0 ? text.length : comma;
}

function endOfQuoted(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH || (c === QUOTE && text.charCodeAt(i + 1) === QUOTE)) i++;
    else if (c === QUOTE && (i + 1 === text.length || text.charCodeAt(i + 1) === COMMA)) return i + 1;
  }
  return text.length;
}

function valueOf(text: string, at: number, end: number): string {
  if (text.charCodeAt(at) !== QUOTE) return text.slice(at, end).trim();
  const closed = text.charCodeAt(end - 1) === QUOTE && end - at > 1;
  return text.slice(at + 1, closed ? end - 1 : end).replaceAll(/""|\\"/g, '"');
}
