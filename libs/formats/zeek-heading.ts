import type { EcsEvent } from '#ecs/event.js';
import type { Heading } from '#ecs/parser.js';

/**
 * The lines with which Zeek's ASCII writer opens a log (`#separator`, `#fields`, `#types` ..., docs.zeek.org, "TSV
 * format"). A row means nothing without them, so the caller keeps what they said, see `remember`.
 */
export const HEADING_DATASET = 'zeek.heading';

/** Sources that send many logs over one connection keep this many headings. */
const MOST_HEADINGS = 64;
const MOST_COLUMNS = 1000;
const KEYS = new Set([
  'separator',
  'set_separator',
  'empty_field',
  'unset_field',
  'path',
  'open',
  'close',
  'fields',
  'types',
]);
const BLANK: Heading = {
  file: '',
  separator: '\t',
  setSeparator: ',',
  empty: '(empty)',
  unset: '-',
  path: '',
  fields: [],
  types: [],
};

export interface HeadingLine {
  readonly key: string;
  readonly rest: string;
}

/** `#fields<tab>ts<tab>uid`: the key and what follows its separator; undefined for any other line. */
export function headingLine(text: string): HeadingLine | undefined {
  if (text.charCodeAt(0) !== 35) return undefined;
  let end = 1;
  while (end < 16 && isKeyUnit(text.charCodeAt(end))) end++;
  const key = text.slice(1, end);
  return KEYS.has(key) ? { key, rest: text.slice(end + 1) } : undefined;
}

/** What is known of headings after the event; the same list when the event was none. */
export function rememberHeading(headings: readonly Heading[], event: EcsEvent): readonly Heading[] {
  if (event.event.dataset !== HEADING_DATASET) return headings;
  const line = headingLine(event.message);
  if (line === undefined || line.key === 'open' || line.key === 'close') return headings;
  const file = event.log?.file?.path ?? '';
  // A new log begins with its separator.
  const at = line.key === 'separator' ? -1 : headings.findIndex((heading) => heading.file === file);
  const next = told(headings[at] ?? { ...BLANK, file }, line);
  const others = headings.filter((heading, index) => index !== at && !(line.key === 'types' && sameLog(heading, next)));
  return [next, ...others].slice(0, MOST_HEADINGS);
}

function sameLog(one: Heading, other: Heading): boolean {
  return (
    one.file === other.file &&
    one.path === other.path &&
    one.fields.length === other.fields.length &&
    one.fields.every((field, index) => field === other.fields[index])
  );
}

function told(heading: Heading, { key, rest }: HeadingLine): Heading {
  switch (key) {
    case 'separator':
      return { ...heading, separator: unescaped(rest) || '\t' };
    case 'set_separator':
      return { ...heading, setSeparator: rest || ',' };
    case 'empty_field':
      return { ...heading, empty: rest };
    case 'unset_field':
      return { ...heading, unset: rest };
    case 'path':
      return { ...heading, path: rest };
    case 'fields':
      return { ...heading, fields: rest.split(heading.separator, MOST_COLUMNS), types: [] };
    case 'types':
      return { ...heading, types: rest.split(heading.separator, MOST_COLUMNS) };
    default:
      return heading;
  }
}

function isKeyUnit(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || unit === 95;
}

const ESCAPED = /(?:\\x[0-9a-fA-F]{2})+/g;

/** `\x09` and the like, which stand for bytes, and `\\`. Bytes that are no UTF-8 become one character each. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .split('\\\\')
    .map((part) => part.replace(ESCAPED, bytesOf))
    .join('\\');
}

function bytesOf(escapes: string): string {
  const bytes = Buffer.from(escapes.replaceAll('\\x', ''), 'hex');
  const utf8 = bytes.toString('utf8');
  return utf8.includes('\uFFFD') ? bytes.toString('latin1') : utf8;
}
