/** The heads of CEF and LEEF: fields between pipes, in which `\|` and `\\` are escapes. */

const PIPE = 124;
const BACKSLASH = 92;
const LONGEST = 1024;
/** How far into a message the head may begin, behind what relays put in front. */
const REACH = 256;

export interface PipedFields {
  readonly fields: string[];
  /** The position behind the last field and its pipe. */
  readonly end: number;
}

/** Where `CEF:` or `LEEF:` with its version begins, or -1. */
export function findHead(text: string, name: 'CEF:' | 'LEEF:'): number {
  if (isHead(text, 0, name)) return 0;
  const at = (text.length > REACH ? text.slice(0, REACH) : text).indexOf(name);
  return at > 0 && isHead(text, at, name) ? at : -1;
}

/** Whether CEF or LEEF begins at `at`. */
export function isPipedHead(text: string, at: number): boolean {
  return isHead(text, at, 'CEF:') || isHead(text, at, 'LEEF:');
}

/** Reads as many fields as there are up to `count`; the last one may end with the text. Undefined when one is missing. */
export function scanPiped(text: string, at: number, count: number): PipedFields | undefined {
  const fields: string[] = [];
  let from = at;
  while (fields.length < count) {
    const end = endOfField(text, from);
    if (end < 0) return undefined;
    if (end === text.length && fields.length < count - 1) return undefined;
    fields.push(unescapeField(text.slice(from, end)));
    from = end + 1;
  }
  return { fields, end: Math.min(from, text.length) };
}

function isHead(text: string, at: number, name: string): boolean {
  if (!text.startsWith(name, at)) return false;
  let i = at + name.length;
  if (text.charCodeAt(i) === 32) i++;
  const digit = text.charCodeAt(i) - 48;
  return digit >= 0 && digit <= 9;
}

/** Position of the next pipe that is not escaped, or of the end; -1 when the field is too long to be one. */
function endOfField(text: string, at: number): number {
  const limit = Math.min(text.length, at + LONGEST);
  for (let i = at; i < limit; i++) {
    const c = text.charCodeAt(i);
    if (c === PIPE) return i;
    if (c === BACKSLASH) i++;
  }
  return limit === text.length ? limit : -1;
}

function unescapeField(written: string): string {
  return written.includes('\\') ? written.replaceAll(/\\([\\|])/g, '$1') : written;
}
