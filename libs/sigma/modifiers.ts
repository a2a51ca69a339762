import ipaddr from 'ipaddr.js';
import { testSize, type Budget } from './budget.js';
import { base64, base64Offsets, dashVariants, utf16 } from './encode.js';
import { timeParts, type Place, type Test, type TimePart } from './expression.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import { checkCombination, checkValues } from './modifier-rules.js';
import { plain, readText, readValue, toTest, type Text, type Transformation, type Value } from './value.js';
import { openBoth, openEnd, openStart, plainText, type Token } from './wildcard.js';

/** What the modifiers of one item say beside its values. */
export type Modified = { tests: Test[]; every: boolean; negated: boolean };

/** A transformation of text; numbers count as they are written. */
const ofText =
  (name: string, change: (value: Text) => Value): Transformation =>
  (value) => {
    if (value.type === 'text') return change(value);
    if (value.type === 'number') return change(readText(value.number.written));
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
    const text = plainText(value.tokens);
    if (text === null) throw new Fault(`"${name}" cannot encode wildcards; escape them with \\ or remove them`);
    return encode(Buffer.from(text, value.encoding));
  });

const wide = (name: string, encode: (plain: string) => string, mark: Token[] = []) =>
  ofText(name, ({ tokens }) => {
    const encodedTokens = tokens.map((token) => ('text' in token ? { text: encode(token.text) } : token));
    return { type: 'text', tokens: [...mark, ...encodedTokens], raw: null, encoding: 'latin1' };
  });

const windash = ofText('windash', (value) => {
  const raw = value.tokens.map((token) => ('text' in token ? dashVariants(token.text, limits.variants) : [token]));
  let lists: Token[][] = [[]];
  for (const variants of raw) {
    if (variants === null || lists.length * variants.length > limits.variants) {
      throw new Fault(
        `"windash" makes more than ${limits.variants} variants of this value; split it into several with "all"`,
      );
    }
    lists = lists.flatMap((list) => variants.map((it) => [...list, typeof it === 'string' ? { text: it } : it]));
  }
  return { type: 'any', of: lists.map((tokens) => ({ ...value, tokens, raw: null })) };
});

const regex = ofText('re', ({ raw }) => {
  if (raw === null) throw new Fault('"re" must be the first modifier of the value');
  return { type: 'regex', source: raw, flags: '' };
});

const flag =
  (letter: string): Transformation =>
  (value) => {
    if (value.type !== 'regex') throw new Fault(`"${letter}" stands only after "re", for example field|re|${letter}`);
    if (value.flags.includes(letter))
      throw new Fault(`"${letter}" stands twice, once under its other name; remove one`);
    return { ...value, flags: value.flags + letter };
  };

const compare =
  (relation: 'lt' | 'lte' | 'gt' | 'gte'): Transformation =>
  (value) => {
    if (value.type === 'done' && value.test.op === 'time') {
      return { type: 'done', test: { ...value.test, relation } };
    }
    if (value.type !== 'number' || !Number.isFinite(value.number.value)) {
      throw new Fault(`"${relation}" needs a number, written without quotes`);
    }
    return { type: 'done', test: { op: 'compare', relation, value: value.number.value } };
  };

const ranges: Record<TimePart, [number, number]> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [1, 9999],
};

const timePart =
  (part: TimePart): Transformation =>
  (value) => {
    const [from, to] = ranges[part];
    if (value.type === 'done') throw new Fault(`"${part}" stands before a comparison, for example field|${part}|gte`);
    const number = value.type === 'number' ? value.number.value : Number.NaN;
    if (!Number.isInteger(number) || number < from || number > to) {
      throw new Fault(`"${part}" needs a whole number from ${from} to ${to}, written without quotes`);
    }
    return { type: 'done', test: { op: 'time', part, relation: 'eq', value: number, zone: 'UTC' } };
  };

const cidr = ofText('cidr', ({ raw }) => {
  if (raw === null) throw new Fault('"cidr" must be the first modifier of the value');
  const range = raw.trim();
  const [address = '', prefix] = range.split('/');
  const v6 = address.includes(':');
  const valid = v6 ? ipaddr.IPv6.isValid(address) : ipaddr.IPv4.isValidFourPartDecimal(address);
  const full = prefix === undefined ? `${range}/${v6 ? 128 : 32}` : range;
  if (!valid || !ipaddr.isValidCIDR(full)) {
    throw new Fault(`"${range}" is no network; write an address and a prefix, for example 10.0.0.0/8`);
  }
  const network = (v6 ? ipaddr.IPv6 : ipaddr.IPv4).networkAddressFromCIDR(full);
  if (network.toString() !== ipaddr.parse(address).toString()) {
    throw new Fault(`"${range}" has bits beyond its prefix; write ${network.toString()}/${prefix}`);
  }
  return { type: 'done', test: { op: 'cidr', range: full } };
});

const fieldref = ofText('fieldref', ({ raw, tokens }) => {
  if (!raw) throw new Fault('"fieldref" needs the name of a field and must be the first modifier');
  if (plainText(tokens) === null) throw new Fault('"fieldref" needs the name of one field, without wildcards');
  return { type: 'done', test: { op: 'fieldref', field: raw, place: 'whole', cased: false } };
});

const exists: Transformation = (value) => {
  if (value.type !== 'boolean') throw new Fault('"exists" needs true or false, written without quotes');
  return { type: 'done', test: { op: 'exists', expected: value.value } };
};

/** The placeholders themselves are read with the value. */
const expand = ofText('expand', (value) => ({ ...value, raw: null }));

/** Every modifier that changes values (Sigma modifiers appendix 2.1, and pySigma's aliases). */
const transformations = new Map<string, Transformation>(
  Object.entries({
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
    base64: encoded('base64', (bytes) => plain(base64(bytes))),
    base64offset: encoded('base64offset', (bytes) => ({
      type: 'any',
      of: base64Offsets(bytes).map((part) => plain(part)),
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
    expand,
    ...Object.fromEntries(timeParts.map((part) => [part, timePart(part)])),
  }),
);

/** Modifiers that speak about the item as a whole, wherever they stand. */
const wholeItem = ['all', 'cased', 'neq'];
const knownModifiers = () => [...wholeItem, ...transformations.keys()].join(', ');

const transform = (value: Value, change: Transformation): Value =>
  value.type === 'any' ? { type: 'any', of: value.of.map((one) => transform(one, change)) } : change(value);

const hasPlaceholder = (value: Value): boolean =>
  value.type === 'text' && value.tokens.some((token) => 'placeholder' in token);

/** `keyword` says that no field is named; `zone` is the IANA time zone of parts of times. */
export type Circumstances = { keyword: boolean; zone: string; budget: Budget };

/**
 * Applies the modifiers to the values of one detection item, in the order written.
 *
 * @throws Fault that says what to change
 */
export function applyModifiers(modifiers: string[], values: unknown[], circumstances: Circumstances): Modified {
  const { keyword, zone, budget } = circumstances;
  budget.spend(0);
  const unknown = modifiers.find((name) => !transformations.has(name) && !wholeItem.includes(name));
  if (unknown !== undefined) throw new Fault(`the modifier "${unknown}" is not known; known are ${knownModifiers()}`);
  checkCombination(modifiers);
  checkValues(modifiers, values, keyword);
  const expands = modifiers.includes('expand');
  const changes = modifiers.flatMap((name) => transformations.get(name) ?? []);
  const read = values.map((raw) => readValue(raw, expands));
  if (expands && !read.some(hasPlaceholder)) {
    throw new Fault('"expand" needs a placeholder such as %Administrators%; a plain percent sign is written \\%');
  }
  const manner = { cased: modifiers.includes('cased'), keyword, zone };
  const tests = read.map((value) => {
    const test = toTest(changes.reduce(transform, value), manner);
    budget.spend(testSize(test));
    return test;
  });
  return { tests, every: modifiers.includes('all'), negated: modifiers.includes('neq') };
}
