import { inNetwork } from './address.js';
import { base64, base64Offsets, encodePieces, utf16be, utf16le, utf8, windash } from './encodings.js';
import { asTexts, everyText, readField } from './fields.js';
import { anyRun, fits, foldCharacter, literal, readPattern, type Piece } from './pattern.js';
import { partOf, timeParts } from './time-part.js';

type Text = { pieces: Piece[]; bytes: boolean };

const number = /^\s*[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?\s*$/i;
const comparisons: Record<string, (left: number, right: number) => boolean> = {
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
};

const characters = (pieces: readonly Piece[]) => pieces.filter((piece) => typeof piece === 'string').join('');
const asBytes = ({ pieces, bytes }: Text) => (bytes ? characters(pieces) : utf8(characters(pieces)));
const wide = (encode: (text: string) => string, mark: Piece[] = []) => {
  return ({ pieces }: Text): Text[] => [{ pieces: [...mark, ...encodePieces(pieces, encode)], bytes: true }];
};

/** What one text becomes by one modifier; several texts are alternatives. */
const changes: Record<string, (text: Text) => Text[]> = {
  contains: ({ pieces, bytes }) => [{ pieces: [anyRun, ...pieces, anyRun], bytes }],
  startswith: ({ pieces, bytes }) => [{ pieces: [...pieces, anyRun], bytes }],
  endswith: ({ pieces, bytes }) => [{ pieces: [anyRun, ...pieces], bytes }],
  windash: ({ pieces, bytes }) => windash(pieces).map((variant) => ({ pieces: variant, bytes })),
  base64: (text) => [{ pieces: literal(base64(asBytes(text))), bytes: false }],
  base64offset: (text) => base64Offsets(asBytes(text)).map((part) => ({ pieces: literal(part), bytes: false })),
  wide: wide(utf16le),
  utf16le: wide(utf16le),
  utf16be: wide(utf16be),
  utf16: wide(utf16le, literal('\xff\xfe')),
};

/** The texts that a value of a rule stands for after its modifiers, in the order written. */
export function patternsOf(raw: unknown, modifiers: readonly string[]): Piece[][] {
  const start: Text[] = [{ pieces: readPattern(String(raw)), bytes: false }];
  const end = modifiers.reduce((texts, name) => texts.flatMap(changes[name] ?? ((text) => [text])), start);
  return end.map(({ pieces }) => pieces);
}

/** Whether PCRE, the flavour that the modifiers appendix names, finds a match; V8's `^` and `$` are the very ends. */
function regexHolds(source: string, modifiers: readonly string[], text: string): boolean {
  const has = (...names: string[]) => names.some((name) => modifiers.includes(name));
  const multiline = has('m', 'multiline');
  const metacharacters: Record<string, string> = {
    '^': multiline ? '(?:^|(?<=\\n)(?=[^]))' : '^',
    $: multiline ? '(?=\\n|$)' : '(?=\\n?$)',
    '.': has('s', 'dotall') ? '[^]' : '[^\\n]',
  };
  const inV8 = source
    .replace(/^\(\?i\)/, '')
    .replaceAll(/\\.|\[[^\]]*\]|[$.^]/gu, (found) => metacharacters[found] ?? found.replaceAll(/\\(["'])/g, '$1'));
  const placed = `${has('startswith') ? '^' : ''}(?:${inV8})${has('endswith') ? '$' : ''}`;
  const uncased = has('i', 'ignorecase') || source.startsWith('(?i)');
  return new RegExp(placed, uncased ? 'iu' : 'u').test(text);
}

function standsIn(text: string, part: string, modifiers: readonly string[]): boolean {
  const form = (one: string) => (modifiers.includes('cased') ? one : [...one].map(foldCharacter).join(''));
  if (modifiers.includes('contains')) return form(text).includes(form(part));
  if (modifiers.includes('startswith')) return form(text).startsWith(form(part));
  if (modifiers.includes('endswith')) return form(text).endsWith(form(part));
  return form(text) === form(part);
}

/** Whether one value of a rule holds for one text of the field. */
function textHolds(event: object, raw: unknown, modifiers: readonly string[]): (text: string) => boolean {
  const compare = modifiers.find((name) => Object.hasOwn(comparisons, name));
  const part = modifiers.find((name) => Object.hasOwn(timeParts, name));
  if (part !== undefined) {
    return (text) => {
      const found = partOf(part, text);
      return found !== null && (compare ? comparisons[compare]!(found, Number(raw)) : found === Number(raw));
    };
  }
  if (compare) return (text) => number.test(text) && comparisons[compare]!(Number(text), Number(raw));
  if (modifiers.includes('re')) return (text) => regexHolds(String(raw), modifiers, text);
  if (modifiers.includes('cidr')) return (text) => inNetwork(text, String(raw));
  if (modifiers.includes('fieldref')) {
    const others = asTexts(readField(event, String(raw)).values);
    return (text) => others.some((other) => standsIn(text, other, modifiers));
  }
  const patterns = patternsOf(raw, modifiers);
  return (text) => patterns.some((pattern) => fits(pattern, text, modifiers.includes('cased')));
}

/** Whether one value of a field's item holds. */
function valueHolds(event: object, field: string, raw: unknown, modifiers: readonly string[]): boolean {
  const { present, values } = readField(event, field);
  if (modifiers.includes('exists')) return present === raw;
  if (raw === null) return values.every((value) => value === null);
  return asTexts(values).some(textHolds(event, raw, modifiers));
}

/** Keywords stand anywhere in a text of the event. */
function keywordHolds(event: object, raw: unknown, modifiers: readonly string[]): boolean {
  return everyText(event).some(textHolds(event, raw, [...modifiers, 'contains']));
}

/** Rules specification, "Maps", "Value Modifiers", "Keywords search": one `field|modifier: values`. */
export function itemHolds(event: object, key: string, value: unknown): boolean {
  const [field = '', ...modifiers] = key.split('|');
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const holds = (raw: unknown) =>
    field === '' ? keywordHolds(event, raw, modifiers) : valueHolds(event, field, raw, modifiers);
  const found = modifiers.includes('all') ? values.every(holds) : values.some(holds);
  return modifiers.includes('neq') ? !found : found;
}
