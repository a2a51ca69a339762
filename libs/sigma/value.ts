import type { Test } from './expression.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import { compileRegex } from './regex.js';
import { openBoth, parsePlaceholders, parseWildcard, type Token } from './wildcard.js';

/** A number of a rule, and how it is written there. */
export class Numeral {
  constructor(
    readonly value: number,
    readonly written = String(value),
  ) {}
}

/**
 * A value while its modifiers work on it, in the order written. `raw` is the text as it stands in the rule while nothing
 * has changed it; `encoding` is latin1 once the characters stand for bytes.
 */
export type Value =
  | { type: 'text'; tokens: Token[]; raw: string | null; encoding: 'utf8' | 'latin1' }
  | { type: 'number'; number: Numeral }
  | { type: 'boolean'; value: boolean }
  | { type: 'null' }
  | { type: 'any'; of: Value[] }
  | { type: 'regex'; source: string; flags: string }
  | { type: 'done'; test: Test };

export type Text = Extract<Value, { type: 'text' }>;
export type Transformation = (value: Value) => Value;

/** Text that is meant character by character. */
export const plain = (text: string): Text => ({ type: 'text', tokens: [{ text }], raw: null, encoding: 'utf8' });

export function readText(raw: string, expand = false): Text {
  if (raw.length > limits.value) throw new Fault(`a value is longer than ${limits.value} characters; shorten it`);
  const tokens = expand ? parsePlaceholders(raw) : parseWildcard(raw);
  if (tokens.filter((token) => 'wild' in token).length > limits.wildcards) {
    throw new Fault(`a value has more than ${limits.wildcards} wildcards; use "re" or several values`);
  }
  return { type: 'text', tokens, raw, encoding: 'utf8' };
}

/** A scalar of the rule file as it stands there. */
export function readValue(raw: unknown, expand: boolean): Value {
  if (raw === null) return { type: 'null' };
  if (typeof raw === 'string') return readText(raw, expand);
  if (typeof raw === 'number') return { type: 'number', number: new Numeral(raw) };
  if (raw instanceof Numeral) return { type: 'number', number: raw };
  if (typeof raw === 'boolean') return { type: 'boolean', value: raw };
  throw new Fault('a value must be text, a number, true, false or null, not a list or a map');
}

/** The text of a number as written, and as the number it is: 007 matches 007 and 7, a long hash only itself. */
function numberTexts({ value, written }: Numeral): string[] {
  const canonical = String(value);
  return canonical === written || !Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER
    ? [written]
    : [written, canonical];
}

/** How the item asks: with regard to case, as keywords in the whole event, and for times in which zone. */
export type Manner = { cased: boolean; keyword: boolean; zone: string };

function finish(test: Test, { cased, zone }: Manner): Test {
  if (test.op === 'fieldref') return { ...test, cased };
  return test.op === 'time' ? { ...test, zone } : test;
}

/** What a field's content is held against, once all modifiers have worked on the value. */
export function toTest(value: Value, manner: Manner): Test {
  switch (value.type) {
    case 'any':
      return { op: 'any', of: value.of.map((one) => toTest(one, manner)) };
    case 'text':
      return { op: 'text', tokens: manner.keyword ? openBoth(value.tokens) : value.tokens, cased: manner.cased };
    case 'number': {
      const of = numberTexts(value.number).map((text) => toTest(plain(text), manner));
      return of.length === 1 ? of[0]! : { op: 'any', of };
    }
    case 'boolean':
      return toTest(plain(String(value.value)), manner);
    case 'null':
      return { op: 'null' };
    case 'regex':
      return { op: 'regex', regex: compileRegex(value.source, value.flags) };
    case 'done':
      return finish(value.test, manner);
  }
}
