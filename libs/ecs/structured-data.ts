import type { StructuredData } from './event.js';

/** What was read of RFC 5424 STRUCTURED-DATA. `end` is the position behind it; `flaw` is the first breach of the grammar. */
export interface ScannedData {
  data: StructuredData;
  end: number;
  flaw: string | undefined;
}

const SPACE = 32;
const QUOTE = 34;
const EQUALS = 61;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;
const LONGEST_NAME = 32;

/** Reads one or more SD-ELEMENTs at `at`; undefined when the brackets cannot be made out. */
export function scanStructuredData(text: string, at: number): ScannedData | undefined {
  const scanned: ScannedData = { data: {}, end: at, flaw: undefined };
  while (text.charCodeAt(scanned.end) === OPEN) if (!scanElement(text, scanned)) return undefined;
  return scanned.end > at ? scanned : undefined;
}

function scanElement(text: string, scanned: ScannedData): boolean {
  let at = scanned.end + 1;
  const idEnd = endOfName(text, at);
  if (idEnd === at) return false;
  const parameters = newElement(scanned, text.slice(at, idEnd));
  at = idEnd;
  while (text.charCodeAt(at) === SPACE) {
    at++;
    const nameEnd = endOfName(text, at);
    // A blank before the closing bracket is common and harmless.
    if (nameEnd === at) break;
    let valueAt = nameEnd;
    if (text.charCodeAt(valueAt++) !== EQUALS) return false;
    while (text.charCodeAt(valueAt) === SPACE) valueAt++;
    if (text.charCodeAt(valueAt) !== QUOTE) return false;
    const valueEnd = endOfValue(text, valueAt + 1);
    if (valueEnd === -1) return false;
    keep(scanned, parameters, text.slice(at, nameEnd), text.slice(valueAt + 1, valueEnd));
    at = valueEnd + 1;
  }
  scanned.end = at + 1;
  return text.charCodeAt(at) === CLOSE;
}

function newElement(scanned: ScannedData, id: string): Record<string, string | string[]> {
  if (id.length > LONGEST_NAME) scanned.flaw ??= 'structured data: name too long';
  const parameters = {};
  if (id !== '__proto__') scanned.data[id] = parameters;
  return parameters;
}

function keep(
  scanned: ScannedData,
  parameters: Record<string, string | string[]>,
  name: string,
  written: string,
): void {
  if (name.length > LONGEST_NAME) scanned.flaw ??= 'structured data: name too long';
  if (name === '__proto__') return;
  const value = written.includes('\\') ? unescape(written, scanned) : written;
  const earlier = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (earlier === undefined) parameters[name] = value;
  else if (typeof earlier === 'string') parameters[name] = [earlier, value];
  else earlier.push(value);
}

/** Printable ASCII without blank, `=`, `"` and `]`. */
function endOfName(text: string, at: number): number {
  let i = at;
  for (let c = text.charCodeAt(i); c > SPACE && c < 127; c = text.charCodeAt(++i)) {
    if (c === EQUALS || c === CLOSE || c === QUOTE) break;
  }
  return i;
}

/** Position of the closing quote, or -1. An unescaped `]` inside a value breaks the element. */
function endOfValue(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) return i;
    if (c === CLOSE) return -1;
    if (c === BACKSLASH) i++;
  }
  return -1;
}

/** Only `\"`, `\\` and `\]` are escapes; another backslash stands for itself (RFC 5424, section 6.3.3). */
function unescape(text: string, scanned: ScannedData): string {
  return text.replaceAll(/\\(.?)/gsu, (whole, escaped: string) => {
    if (escaped === '"' || escaped === '\\' || escaped === ']') return escaped;
    scanned.flaw ??= 'structured data: backslash before a character that needs none';
    return whole;
  });
}
