import ipaddr from 'ipaddr.js';
import type { Test } from './expression.js';
import { all, conjunction, none, type Bounds, type Query } from './query-bounds.js';
import { foldText, plainText, type Token } from './wildcard.js';

/** Characters of a pattern; the rest of a longer one is left to the engine (Lucene limits the size of its automata). */
const longestPattern = 128;
/** Words longer than this are cut by Elasticsearch's standard analyser. */
const longestWord = 255;

const digits = /^-?\d{1,15}$/;

export const exists = (field: string): Query => ({ exists: { field } });

/** Fields that have "" without any trace of it in the index: numbers read it as null. */
export const losesEmpty = (type: string): boolean => !['keyword', 'ip', 'text', 'boolean'].includes(type);

/** The engine reads the field as text, so it must be there; what it says is for the engine to judge. */
const present = (field: string): Bounds => ({ most: exists(field), least: none });

/** As `present`, where the text may be empty. */
export const presentOrEmpty = (field: string, type: string): Query => (losesEmpty(type) ? all : exists(field));

/** Found for certain, but other values are found with it. */
const atMost = (most: Query): Bounds => ({ most, least: none });

const exactly = (query: Query): Bounds => ({ most: query, least: query });

/** A placeholder opens to `*` as well: what it stands for is not known here. */
type Sought = Exclude<Token, { placeholder: string }>;

const star: Sought = { wild: '*' };
const isStar = (token: Token | undefined): boolean => token !== undefined && 'wild' in token && token.wild === '*';

/** Whether Elasticsearch, which folds ASCII only, folds the character as the engine does. */
const foldsAlike = (character: string): boolean => character < '\x80' || character.toUpperCase() === character;

/**
 * A token as Elasticsearch compares it, a code point each. What it folds otherwise opens to `*`, and so does `?`, which
 * after a `*` makes an automaton that Lucene refuses as too large.
 */
function comparable(token: Token, cased: boolean): Sought[] {
  if (!('text' in token)) return [star];
  const characters = [...(cased ? token.text : foldText(token.text))];
  return characters.map((text) => (cased || foldsAlike(text) ? { text } : star));
}

const spell = (symbols: Sought[], escape: RegExp): string =>
  symbols.map((one) => ('wild' in one ? one.wild : one.text.replace(escape, '\\$&'))).join('');

/** A text in a keyword field. */
export function keywordText(field: string, tokens: Token[], cased: boolean): Bounds {
  if (tokens.some((token) => 'text' in token && !token.text.isWellFormed())) return present(field);
  const opened = tokens.flatMap((token) => comparable(token, cased));
  const whole = opened.filter((one, at) => !isStar(one) || !isStar(opened[at - 1]));
  const symbols = whole.length > longestPattern ? [...whole.slice(0, longestPattern), star] : whole;
  const exact = symbols === whole && opened.filter(isStar).length === tokens.filter(isStar).length;
  const bounds = exact ? exactly : atMost;
  const fold = cased ? {} : { case_insensitive: true };
  const wild = symbols.findIndex(isStar);
  if (wild < 0) return bounds({ term: { [field]: { value: spell(symbols, /$^/), ...fold } } });
  if (symbols.length === 1) return bounds(exists(field));
  if (wild < symbols.length - 1) {
    return bounds({ wildcard: { [field]: { value: spell(symbols, /[*?\\]/g), ...fold } } });
  }
  return bounds({ prefix: { [field]: { value: spell(symbols.slice(0, -1), /$^/), ...fold } } });
}

/** In analysed text whole words can be found: those of the pattern that blanks, or the text's own ends, set apart. */
export function analysedText(field: string, tokens: Token[]): Bounds {
  const words = tokens.flatMap((token, at) => {
    if (!('text' in token)) return [];
    const first = at === 0 ? '' : '\0';
    const last = at === tokens.length - 1 ? '' : '\0';
    return foldText(`${first}${token.text}${last}`).split(/[ \t\r\n]+/);
  });
  const whole = words.filter((word) => /^[a-z0-9]+$/.test(word) && word.length <= longestWord);
  if (whole.length === 0) return present(field);
  return atMost(conjunction(whole.map((word) => ({ term: { [field]: { value: word } } }))));
}

/** A text in a field of numbers, truth values or addresses. */
export function typedText(field: string, type: string, tokens: Token[]): Bounds {
  const plain = plainText(tokens);
  const value = plain === null ? null : typedValue(type, foldText(plain));
  if (value !== null) return atMost({ term: { [field]: { value } } });
  const network = type === 'ip' && isStar(tokens.at(-1)) ? networkOf(plainText(tokens.slice(0, -1))) : null;
  if (network !== null) return atMost({ term: { [field]: { value: network } } });
  const any = tokens.every(isStar);
  return {
    most: any ? presentOrEmpty(field, type) : exists(field),
    least: any && tokens.length > 0 ? exists(field) : none,
  };
}

/** Numbers and addresses can be written in several ways, so only what is certainly read as it was meant. */
function typedValue(type: string, text: string): string | number | boolean | null {
  if (type === 'long' && digits.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (type !== 'ip') return null;
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text)) ? text : null;
}

/** The addresses that begin with these whole octets, such as `10.1.`. */
function networkOf(beginning: string | null): string | null {
  const octets = /^(?:\d{1,3}\.){1,3}$/.test(beginning ?? '') ? beginning!.slice(0, -1).split('.') : [];
  if (octets.length === 0 || octets.some((octet) => String(Number(octet)) !== octet || Number(octet) > 255))
    return null;
  return `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`;
}

/** A field of integers keeps what a number is before its fraction. */
export function comparison(field: string, type: string, { relation, value }: Extract<Test, { op: 'compare' }>): Bounds {
  const bound = Math.trunc(value);
  if (type !== 'long' || !Number.isSafeInteger(bound)) return present(field);
  if (relation === 'gt' || relation === 'gte') return atMost({ range: { [field]: { gte: bound } } });
  if (relation === 'lt' || relation === 'lte') return atMost({ range: { [field]: { lte: bound } } });
  return present(field);
}

const mapped = ipaddr.IPv6.parse('::ffff:0:0');

/** To the engine an IPv4 address inside an IPv6 one is IPv4 only; an index does not tell the two apart. */
export function network(field: string, type: string, range: string): Bounds {
  const [address, bits] = ipaddr.parseCIDR(range);
  if (type !== 'ip' || (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress())) return present(field);
  const query: Query = { term: { [field]: { value: `${address.toString()}/${bits}` } } };
  const holdsMapped = address instanceof ipaddr.IPv6 && mapped.match(address, Math.min(bits, 96));
  return holdsMapped ? atMost(query) : exactly(query);
}
