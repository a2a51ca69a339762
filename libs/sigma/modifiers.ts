import ipaddr from 'ipaddr.js';
import { base64, base64Offsets, dashVariants, utf16 } from './encode.js';
import type { Place, Test } from './expression.js';
import { Fault } from './fault.js';
import { compileRegex } from './regex.js';
import { openBoth, openEnd, openStart, parseWildcard, plainText, type Token } from './wildcard.js';

/**
 * A value while its modifiers work on it, in the order written. `raw` is the text as it stands in the rule while nothing
 * has changed it; `encoding` is latin1 once the characters stand for bytes.
 */
type Value =
  | { type: 'text'; tokens: Token[]; raw: string | null; encoding: 'utf8' | 'latin1' }
  | { type: 'number'; value: number }
  | { type: 'boolean'; value: boolean }
  | { type: 'null' }
  | { type: 'any'; of: Value[] }
  | { type: 'regex'; source: string; flags: string }
  | { type: 'done'; test: Test };

type Text = Extract<Value, { type: 'text' }>;
type Transformation = (value: Value) => Value;

/** What the modifiers of one item say beside its values. */
export type Modified = { tests: Test[]; every: boolean; negated: boolean };

const maxVariants = 625;

const text = (plain: string): Text => ({ type: 'text', tokens: [{ text: plain }], raw: null, encoding: 'utf8' });

/** A transformation of text; numbers count as their digits. */
const ofText =
  (name: string, change: (value: Text) => Value): Transformation =>
  (value) => {
    if (value.type === 'text') return change(value);
    if (value.type === 'number') return change(readText(String(value.value)));
    throw new Fault(`"${name}" works on text only; it cannot follow what stands before it`);
  };

const place = (name: string, where: Place, open: (tokens: Token[]) => Token[]): Transformation => {
  const onText = ofText(name, (value) => ({ ...value, tokens: open(value.tokens), raw: null }));
  return (value) => {
    if (value.type === 'done' && value.test.op === 'fieldref') {
      return { type: 'done', test: { ...value.test, place: where } };
    }
    if (value.type !== 'regex') return onText(value);
    const start = where === 'start' ? '\\A' : '';
    const end = where === 'end' ? '\\z' : '';
    return { ...value, source: `${start}(?:${value.source})${end}` };
  };
};

const encoded = (name: string, encode: (bytes: Uint8Array) => Value) =>
  ofText(name, (value) => {
    const plain = plainText(value.tokens);
    if (plain === null) throw new Fault(`"${name}" cannot encode wildcards; escape them with \\ or remove them`);
    return encode(Buffer.from(plain, value.encoding));
  });

const wide = (name: string, encode: (plain: string) => string, mark: Token[] = []) =>
  ofText(name, ({ tokens }) => {
    const encodedTokens = tokens.map((token) => ('text' in token ? { text: encode(token.text) } : token));
    return { type: 'text', tokens: [...mark, ...encodedTokens], raw: null, encoding: 'latin1' };
  });

const windash = ofText('windash', (value) => {
  const raw = value.tokens.map((token) => ('text' in token ? dashVariants(token.text, maxVariants) : [token]));
  let lists: Token[][] = [[]];
  for (const variants of raw) {
    if (variants === null || lists.length * variants.length > maxVariants) {
      throw new Fault('"windash" makes too many variants of this value; split it into several values with "all"');
    }
    lists = lists.flatMap((list) => variants.map((it) => [...list, typeof it === 'string' ? { text: it } : it]));
  }
  return { type: 'any', of: lists.map((tokens) => ({ ...value, tokens, raw: null })) };
});

const regex = ofText('re', (value) => {
  if (value.raw === null) throw new Fault('"re" must be the first modifier of the value');
  return { type: 'regex', source: value.raw, flags: '' };
});

const flag =
  (letter: string): Transformation =>
  (value) => {
    if (value.type !== 'regex') throw new Fault(`"${letter}" stands only after "re", for example field|re|${letter}`);
    return { ...value, flags: value.flags + letter };
  };

const compare =
  (relation: 'lt' | 'lte' | 'gt' | 'gte'): Transformation =>
  (value) => {
    if (value.type !== 'number') throw new Fault(`"${relation}" needs a number, written without quotes`);
    return { type: 'done', test: { op: 'compare', relation, value: value.value } };
  };

const cidr = ofText('cidr', ({ raw }) => {
  const range = raw?.trim() ?? '';
  const [address = '', prefix] = range.split('/');
  const valid = address.includes(':') ? ipaddr.IPv6.isValid(address) : ipaddr.IPv4.isValidFourPartDecimal(address);
  const full = prefix === undefined ? `${range}/${address.includes(':') ? 128 : 32}` : range;
  if (!valid || !ipaddr.isValidCIDR(full)) {
    throw new Fault(`"${range}" is no network; write an address and a prefix, for example 10.0.0.0/8`);
  }
  return { type: 'done', test: { op: 'cidr', range: full } };
});

const fieldref = ofText('fieldref', ({ raw }) => {
  if (!raw) throw new Fault('"fieldref" needs the name of a field and must be the first modifier');
  return { type: 'done', test: { op: 'fieldref', field: raw, place: 'whole', cased: false } };
});

const exists: Transformation = (value) => {
  if (value.type !== 'boolean') throw new Fault('"exists" needs true or false, written without quotes');
  return { type: 'done', test: { op: 'exists', expected: value.value } };
};

const later = (name: string, reason: string): Transformation => {
  return () => {
    throw new Fault(`the modifier "${name}" is not supported yet: ${reason}`);
  };
};

const timePart = 'compare with a baseline or a schedule instead of a part of a date';

/** Every modifier that changes values (Sigma modifiers appendix 2.1, and pySigma's aliases). */
const transformations: Record<string, Transformation> = {
  startswith: place('startswith', 'start', openEnd),
  endswith: place('endswith', 'end', openStart),
  contains: place('contains', 'inside', openBoth),
  exists,
  windash,
  re: regex,
  i: flag('i'),
  m: flag('m'),
  s: flag('s'),
  ignorecase: flag('i'),
  multiline: flag('m'),
  dotall: flag('s'),
  base64: encoded('base64', (bytes) => text(base64(bytes))),
  base64offset: encoded('base64offset', (bytes) => ({
    type: 'any',
    of: base64Offsets(bytes).map((part) => text(part)),
  })),
  utf16le: wide('utf16le', utf16.le),
  wide: wide('wide', utf16.le),
  utf16be: wide('utf16be', utf16.be),
  utf16: wide('utf16', utf16.le, [{ text: utf16.mark }]),
  lt: compare('lt'),
  lte: compare('lte'),
  gt: compare('gt'),
  gte: compare('gte'),
  cidr,
  fieldref,
  expand: later('expand', 'write the values of the placeholder into the rule'),
  ...Object.fromEntries(
    ['minute', 'hour', 'day', 'week', 'month', 'year'].map((part) => [part, later(part, timePart)]),
  ),
};

/** Modifiers that speak about the item as a whole. */
const wholeItem = ['all', 'cased', 'neq'];
const forFieldsOnly = ['neq', 'startswith', 'endswith', 'exists', 'lt', 'lte', 'gt', 'gte', 'cidr', 'fieldref'];
const neverCased = ['re', 'exists', 'lt', 'lte', 'gt', 'gte', 'cidr'];

function readText(raw: string): Text {
  return { type: 'text', tokens: parseWildcard(raw), raw, encoding: 'utf8' };
}

function readValue(raw: unknown): Value {
  if (raw === null) return { type: 'null' };
  if (typeof raw === 'string') return readText(raw);
  if (typeof raw === 'number') return { type: 'number', value: raw };
  if (typeof raw === 'boolean') return { type: 'boolean', value: raw };
  throw new Fault('a value must be text, a number, true, false or null, not a list or a map');
}

function transform(value: Value, change: Transformation): Value {
  return value.type === 'any' ? { type: 'any', of: value.of.map((one) => transform(one, change)) } : change(value);
}

function toTest(value: Value, cased: boolean, keyword: boolean): Test {
  switch (value.type) {
    case 'any':
      return { op: 'any', of: value.of.map((one) => toTest(one, cased, keyword)) };
    case 'text':
      return { op: 'text', tokens: keyword ? openBoth(value.tokens) : value.tokens, cased };
    case 'number':
    case 'boolean':
      return toTest(text(String(value.value)), cased, keyword);
    case 'null':
      return { op: 'null' };
    case 'regex':
      return { op: 'regex', regex: compileRegex(value.source, value.flags) };
    case 'done':
      return value.test.op === 'fieldref' ? { ...value.test, cased } : value.test;
  }
}

function check(modifiers: string[], values: unknown[], keyword: boolean): void {
  const unknown = modifiers.find((name) => !Object.hasOwn(transformations, name) && !wholeItem.includes(name));
  if (unknown !== undefined) throw new Fault(`the modifier "${unknown}" is not known; known are ${knownModifiers()}`);
  const twice = modifiers.find((name, at) => modifiers.indexOf(name) !== at);
  if (twice !== undefined) throw new Fault(`the modifier "${twice}" stands twice; remove one`);
  if (values.length === 0) throw new Fault('the list of values is empty; give at least one value');
  if (modifiers.includes('all') && values.length < 2) throw new Fault('"all" needs a list of two or more values');
  if (values.length > 1 && values.includes(null)) {
    throw new Fault('null cannot stand in a list of values; write a second search with the value null');
  }
  if (keyword && values.includes(null)) throw new Fault('null needs a field name before it');
  if (values.length > 1 && modifiers.includes('exists')) throw new Fault('"exists" takes one value, true or false');
  const misplaced = keyword && modifiers.find((name) => forFieldsOnly.includes(name));
  if (misplaced) throw new Fault(`"${misplaced}" needs a field name before it; keywords search the whole event`);
  if (modifiers.includes('cased') && modifiers.some((name) => neverCased.includes(name))) {
    throw new Fault('"cased" goes with text only; regular expressions are case-sensitive anyway');
  }
}

const knownModifiers = () => [...wholeItem, ...Object.keys(transformations)].join(', ');

/** Applies the modifiers to the values of one detection item; throws a {@link Fault} that says what to change. */
export function applyModifiers(modifiers: string[], values: unknown[], keyword: boolean): Modified {
  check(modifiers, values, keyword);
  const changes = modifiers.filter((name) => !wholeItem.includes(name)).map((name) => transformations[name]!);
  const cased = modifiers.includes('cased');
  return {
    tests: values.map((raw) => toTest(changes.reduce(transform, readValue(raw)), cased, keyword)),
    every: modifiers.includes('all'),
    negated: modifiers.includes('neq'),
  };
}
