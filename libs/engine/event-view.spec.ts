import { describe, expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { compileRuleset } from './ruleset.js';

/** The ids of the rules, each one detection item, that match one event after the other. */
function matches(items: Record<string, unknown>, ...events: object[]): string[] {
  const documents = Object.entries(items).flatMap(([id, s]) => {
    const detection = JSON.stringify({ s, condition: 's' });
    const text = `title: ${id}\nid: ${id}\nlogsource: { product: p }\ndetection: ${detection}`;
    return parseSigma(text, `${id}.yml`).documents;
  });
  const set = compileRuleset(documents);
  expect(set.rules.size).toBe(Object.keys(items).length);
  return events.map((event) =>
    set
      .match(event)
      .map(({ id }) => id)
      .join(' '),
  );
}

const nested = (depth: number, wrap: (inner: unknown) => unknown) => {
  let value: unknown = 'deep';
  for (let at = 0; at < depth; at++) value = wrap(value);
  return value;
};
const inArrays = (depth: number) => nested(depth, (inner) => [inner]);
const inObjects = (depth: number) => nested(depth, (inner) => ({ o: inner })) as object;

describe('an event', () => {
  it('is read up to forty levels deep', () => {
    const rules = { field: { a: 'deep' }, keyword: ['deep'], path: { [Array(40).fill('o').join('.')]: 'deep' } };
    const long = { long: { [Array(42).fill('o').join('.')]: 'deep' } };
    expect(matches(rules, { a: inArrays(40) }, { a: inArrays(41) })).toEqual(['field keyword', '']);
    expect(matches(rules, inObjects(40), inObjects(41), inObjects(42))).toEqual(['keyword path', 'keyword', '']);
    expect(matches({ keyword: ['deep'] }, { z: inArrays(40) }, { z: inArrays(41) })).toEqual(['keyword', '']);
    expect(matches(long, inObjects(42))).toEqual(['']);
    expect(matches(rules, { a: inArrays(5000) }, inObjects(5000))).toEqual(['', '']);
  });

  it('keeps fields apart whose names differ by their dots only', () => {
    const rules = { dotted: { 'a.b': 'x' }, plain: { ab: 'x' }, longer: { 'a.b.c': 'x' }, above: { a: 'x' } };
    expect(
      matches(rules, { a: { b: 'x' } }, { ab: 'x' }, { 'a.b': { c: 'x' } }, { a: 'x' }, { a: { b: { c: 'x' } } }),
    ).toEqual(['dotted', 'plain', 'longer', 'above', 'longer']);
  });

  it('has nothing under the empty key that belongs to the field above', () => {
    expect(matches({ field: { a: 'x' } }, { a: { '': 'x' } }, { '': 'x' })).toEqual(['', '']);
  });

  it('leaves nothing behind for the next', () => {
    const rules = { a: { a: 'x' }, b: { a: 'y' }, there: { 'a|exists': true }, none: { a: null }, word: ['x'] };
    expect(matches(rules, { a: ['q', 'x'] }, { a: 'q' }, {}, { a: null }, { b: 'x' }, { a: ['x', 'y'] })).toEqual([
      'a there word',
      'there',
      'none',
      'there none',
      'none word',
      'a b there word',
    ]);
  });

  it('without any text has no keyword in it', () => {
    expect(matches({ word: ['*'], part: ['x'] }, {}, { a: null, b: [{}] }, { a: '' }, { a: ['x'] })).toEqual([
      '',
      '',
      'word',
      'word part',
    ]);
  });

  it('has a keyword in it as soon as it has a text, also where something else decides first', () => {
    const rules = { either: ['*', { 'a|exists': true }], neither: ['*', { a: 'x' }] };
    expect(matches(rules, {}, { a: null }, { b: 'y' }, { b: ['y', 'z'] })).toEqual([
      '',
      'either',
      'either neither',
      'either neither',
    ]);
  });

  it('has fields that later rules ask for', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`r${at}`, { [`f${at}|contains`]: 'x' }]));
    const event = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, ['a', 'bxb']]));
    expect(matches(many, event)).toEqual([Object.keys(many).join(' ')]);
  });

  it('has its numbers and booleans among its texts', () => {
    const rules = { yes: ['true'], seven: [7], any: ['*'] };
    expect(matches(rules, { a: { b: true } }, { a: [7] }, { a: 'x' }, { a: null }, {})).toEqual([
      'yes any',
      'seven any',
      'any',
      '',
      '',
    ]);
  });
});
