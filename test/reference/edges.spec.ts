import { describe, expect, it } from 'vitest';
import { accepts, compile } from './compiled.js';
import { detectionHolds } from './interpreter.js';
import { besideRare } from './rules.arbitrary.js';

/** Cases that random ones meet too seldom; each was found by a change of the code that no other test noticed. */
type Edge = [title: string, key: string, value: unknown, event: string, holds: boolean];

const edges: Edge[] = [
  ['what every object has is no field', 'constructor|exists', true, '{}', false],
  ['nor is it null or text', 'toString', null, '{}', true],
  ['nor is its prototype', '__proto__|exists', true, '{}', false],
  ['an own field of that name is one', '__proto__|exists', true, '{ "__proto__": 1 }', true],
  ['with what stands in it', '__proto__.constructor', 'x', '{ "__proto__": { "constructor": "X" } }', true],
  ['an array is no map', 'a.length|exists', true, '{ "a": ["x"] }', false],
  ['text is no map', 'a.length|exists', true, '{ "a": "x" }', false],
  ['fieldref with case', 'a|fieldref|cased', 'b', '{ "a": "x", "b": "X" }', false],
  ['fieldref with case, the same', 'a|fieldref|cased', 'b', '{ "a": "X", "b": "X" }', true],
  ['fieldref at the end', 'a|fieldref|endswith', 'b', '{ "a": "xyz", "b": "YZ" }', true],
  ['fieldref at the end only', 'a|fieldref|endswith', 'b', '{ "a": "xyz", "b": "xy" }', false],
  ['fieldref at the start only', 'a|fieldref|startswith', 'b', '{ "a": "xyz", "b": "yz" }', false],
  ['fieldref anywhere', 'a|fieldref|contains', 'b', '{ "a": "xyz", "b": "Y" }', true],
  ['an array of nulls is null', 'a', null, '{ "a": [null, null] }', true],
  ['an array with a value is not', 'a', null, '{ "a": [null, ""] }', false],
  ['the empty array is null', 'a', null, '{ "a": [] }', true],
  ['but it is there', 'a|exists', true, '{ "a": [] }', true],
  ['a field of an empty array is not', 'a.b|exists', true, '{ "a": [] }', false],
  ['an object is not null', 'a', null, '{ "a": {} }', false],
  ['nor has it text', 'a', '*', '{ "a": { "b": "x" } }', false],
  ['windash with four dashes', 'a|windash', '-a -b -c -d', '{ "a": "/a –b —c ―d" }', true],
  ['a key with dots when the path leads nowhere', 'a.b', 'x', '{ "a": "y", "a.b": "x" }', true],
  ['a key with dots below the top', 'a.b.c', 'x', '{ "a": { "b.c": "x" } }', true],
  ['a key with dots above the last', 'a.b.c', 'x', '{ "a.b": [{ "c": "x" }] }', true],
  ['the path and a key with dots', 'a.b', 'x', '{ "a": { "b": "y" }, "a.b": "x" }', true],
  ['all values are found in both', 'a.b|all', ['x', 'y'], '{ "a": { "b": "y" }, "a.b": "x" }', true],
  ['the end is not anywhere', 'a|endswith', 'ab', '{ "a": "abc" }', false],
  ['the start is not anywhere', 'a|startswith', 'bc', '{ "a": "abc" }', false],
  ['the whole is not the start', 'a', 'ab', '{ "a": "abc" }', false],
  ['nor the end', 'a', 'bc', '{ "a": "abc" }', false],
  ['one of many at the end', 'a|endswith', [...'pqrstuvwx', 'bc'], '{ "a": "abc" }', true],
  ['none of many', 'a|endswith', [...'pqrstuvwxb'], '{ "a": "abc" }', false],
  ['"?" at the end is a character', 'a', 'x?', '{ "a": "x" }', false],
  ['and no more', 'a', 'x?', '{ "a": "xyz" }', false],
  ['"?" at the start too', 'a', '?x', '{ "a": "yzx" }', false],
  ['"?" on both sides', 'a', '?x?', '{ "a": "yxz" }', true],
  ['"?" alone', 'a', '??', '{ "a": "xyz" }', false],
  ['"?" is one character, also one of two units', 'a', 'x?y', '{ "a": "x😀y" }', true],
  ['and no half of one', 'a', 'x??y', '{ "a": "x😀y" }', false],
  ['at the end too', 'a', '*x??', '{ "a": "x😀" }', false],
  ['nor after any run', 'a', '*??', '{ "a": "😀" }', false],
  ['"?" twice at the end', 'a', 'y*x??', '{ "a": "yx😀z" }', true],
  ['"?" between runs', 'a', '*a?b*c', '{ "a": "aab😀a😀bc" }', true],
  ['an array in an array is taken apart too', 'a', 'x', '{ "a": [["x"]] }', true],
  ['windash: a dash before any letter begins a word', 'a|windash', '-é', '{ "a": "/é" }', true],
  ['windash: a dash after any letter does not', 'a|windash', 'é-x', '{ "a": "é/x" }', false],
  ['a network of IPv4 addresses written as IPv6', 'a|cidr', '::ffff:10.0.0.0/104', '{ "a": "10.1.2.3" }', true],
  ['and what is not in it', 'a|cidr', '::ffff:10.0.0.0/104', '{ "a": "::ffff:11.1.2.3" }', false],
  ['"$" before a last line end', 'a|re', 'c$', '{ "a": "abc\\n" }', true],
  ['"^" after a last line end', 'a|re|m', '^$', '{ "a": "abc\\n" }', false],
  ['a week of ISO 8601', 'a|week', 53, '{ "a": "2021-01-03T00:00:00Z" }', true],
  ['the hour in UTC', 'a|hour', 23, '{ "a": "2021-01-03T01:05:00+02:00" }', true],
];

/** What the specification or its reference implementation forbids must be an error, never a rule that means something else. */
const forbidden: [key: string, value: unknown][] = [
  ['a', ['x', null]],
  ['a|all', 'x'],
  ['a|like', 'x'],
  ['a|contains', null],
  ['', null],
  ['|all|re', ['x', null]],
  ['a|exists', 'yes'],
  ['a|exists', 1],
  ['a|gt', '5'],
  ['a|lt', true],
  ['|lt', 5],
  ['|cidr', '10.0.0.0/8'],
  ['|fieldref', 'b'],
  ['|exists', true],
  ['a|cidr', '10.0.0.0/33'],
  ['a|cidr', '10.0.0/8'],
  ['a|cidr', 'fe80::/129'],
  ['a|cidr', '10.1.2.3/31'],
  ['a|cidr', '2001:db8::1/64'],
  ['a|hour', 24],
  ['a|hour', '5'],
  ['a|day|gte', 0],
  ['a|week', 54],
  ['a|month', 1.5],
  ['a|hour|cased', 5],
  ['a|lt|gt', 5],
  ['a|gte|hour', 5],
  ['a|fieldref', 'b*'],
  ['a|re', '(x'],
  ['a|contains|re', 'x'],
  ['a|re|cased', 'x'],
  ['a|cased|cidr', '10.0.0.0/8'],
  ['a|i', 'x'],
  ['a|base64', 'x*'],
  ['a|base64offset|contains', '?x'],
  ['a|contains|base64', 'x'],
  ['a', { b: 'x' }],
  ['a', [['x']]],
];

describe('the engine at the edges', () => {
  it.each(forbidden)('refuses %s with the value %j', (key, value) => {
    expect(accepts(key, value)).toBe(false);
  });

  it.each(edges)('%s: %s %j in %s', (...[, key, value, json, expected]) => {
    const detection = { s: { [key]: value }, condition: 's' };
    const event = JSON.parse(json) as object;
    expect(detectionHolds(detection, event)).toBe(expected);
    expect(compile([['rule', detection]])(event)).toEqual(expected ? ['rule'] : []);
    const asked = compile([['rule', besideRare(detection)]]);
    expect(asked({ ...event, rare: 'the rarest value' })).toEqual(expected ? ['rule'] : []);
  });

  it('answers by an indexed value wherever the field has several', () => {
    const match = compile([
      ['one', { s: { a: 'x' }, condition: 's' }],
      ['two', { s: { a: ['y', 'x'], b: 'z' }, condition: 's' }],
      ['none', { s: { a: 'x' }, condition: 'not s' }],
    ]);
    expect([{ a: ['q', 'X'] }, { a: 'x', b: 'Z' }, { b: 'z' }].map((event) => match(event))).toEqual([
      ['one'],
      ['one', 'two'],
      ['none'],
    ]);
  });

  it('leaves out what begins with an underscore, whatever the pattern', () => {
    const searches = { _hidden: { a: 'x' }, sel: { a: 'y' } };
    const holds = (condition: string) => compile([['rule', { ...searches, condition }]])({ a: 'x' }).length > 0;
    expect(['1 of *', '1 of them', '1 of _*', '_hidden'].map(holds)).toEqual([false, false, true, true]);
  });

  it('takes each modifier that it knows in this table', () => {
    expect(edges.filter(([, key, value]) => !accepts(key, value))).toEqual([]);
  });
});
