import { describe, expect, it } from 'vitest';
import { Budget } from './budget.js';
import { applyModifiers } from './modifiers.js';
import { Numeral } from './value.js';

const apply = (modifiers: string, values: unknown[], keyword = false) =>
  applyModifiers(modifiers.split('|').filter(Boolean), values, {
    keyword,
    zone: 'Europe/Zurich',
    budget: new Budget(),
  });

const only = (modifiers: string, value: unknown) => apply(modifiers, [value]).tests[0]!;

describe('modifiers that do not go together', () => {
  it.each([
    ['like', 'x', 'the modifier "like" is not known; known are all, cased, neq, startswith'],
    ['Contains', 'x', 'the modifier "Contains" is not known'],
    ['toString', 'x', 'the modifier "toString" is not known'],
    ['contains|contains', 'x', 'stands twice'],
    ['re|i|ignorecase', 'x', 'stands twice, once under its other name'],
    ['contains|startswith', 'x', 'do not go together: say where the text stands once'],
    ['gt|lt', 5, 'write a second item for the other end of a range'],
    ['hour|minute', 5, 'write an item for each part of a time'],
    ['gte|hour', 5, '"hour" stands before a comparison'],
    ['exists|neq', true, 'turn true and false round instead'],
    ['re|cased', 'x', 'case matters for text only'],
    ['cidr|cased', '10.0.0.0/8', 'case matters for text only'],
    ['hour|cased', 5, 'case matters for text only'],
    ['contains|re', 'x', '"re" must be the first'],
    ['wide|re', 'x', '"re" must be the first'],
    ['contains|cidr', '10.0.0.0/8', '"cidr" must be the first'],
    ['contains|fieldref', 'x', 'must be the first'],
    ['i', 'x', 'stands only after "re"'],
    ['re|base64', 'x', '"base64" works on text only'],
    ['cidr|contains', '10.0.0.0/8', '"contains" works on text only'],
    ['gt|contains', 5, '"contains" works on text only'],
    ['contains|base64', 'x', 'cannot encode wildcards'],
    ['expand|re', '%x%', 'the values of a list stand in for text only'],
    ['expand|cidr', '%x%', 'the values of a list stand in for text only'],
    ['base64offset|expand', '%x%', 'the values of a list stand in for text only'],
    ['expand|windash', '%x%', '"windash" must stand before "expand"'],
    ['expand', 'x', '"expand" needs a placeholder'],
    ['expand', '\\%x%', '"expand" needs a placeholder'],
  ])('%s are refused', (modifiers, value, message) => {
    expect(() => apply(modifiers, [value])).toThrow(message);
  });
});

describe('values that a modifier cannot have', () => {
  it.each<[string, unknown[], string]>([
    ['', [], 'the list of values is empty'],
    ['', ['', null], 'null cannot stand in a list'],
    ['', [['x']], 'not a list or a map'],
    ['all', ['x'], '"all" needs a list of two or more values'],
    ['contains', [true], '"contains" works on text only'],
    ['contains', [null], '"contains" works on text only'],
    ['gt', ['5'], 'needs a number, written without quotes'],
    ['gt', [new Numeral(Number.POSITIVE_INFINITY, '.inf')], 'needs a number'],
    ['exists', ['yes'], '"exists" needs true or false'],
    ['exists', [true, false], '"exists" takes one value'],
    ['hour', [24], 'a whole number from 0 to 23'],
    ['hour', ['3'], 'written without quotes'],
    ['minute', [1.5], 'a whole number from 0 to 59'],
    ['day', [0], 'a whole number from 1 to 31'],
    ['week', [54], 'a whole number from 1 to 53'],
    ['month', [13], 'a whole number from 1 to 12'],
    ['cidr', ['10.0.0.0/33'], 'is no network'],
    ['cidr', ['10.1.0.0/8'], 'has bits beyond its prefix; write 10.0.0.0/8'],
    ['cidr', ['fe80::1/10'], 'has bits beyond its prefix; write fe80::/10'],
    ['fieldref', ['a*'], 'without wildcards'],
    ['fieldref', [''], 'needs the name of a field'],
    ['windash', ['-a -b -c -d -e'], 'makes more than 625 variants'],
  ])('%s with %j is refused', (modifiers, values, message) => {
    expect(() => apply(modifiers, values)).toThrow(message);
  });

  it.each(['neq', 'exists', 'gt', 'cidr', 'fieldref', 'startswith', 'endswith', 'hour'])(
    '%s is refused without a field',
    (modifier) => {
      expect(() => apply(modifier, ['x'], true)).toThrow(`"${modifier}" needs a field name before it`);
    },
  );
});

describe('a value after its modifiers', () => {
  it.each<[string, unknown, object]>([
    ['hour', 3, { op: 'time', part: 'hour', relation: 'eq', value: 3, zone: 'Europe/Zurich' }],
    ['hour|gte', 22, { op: 'time', part: 'hour', relation: 'gte', value: 22 }],
    ['week|lt', 53, { op: 'time', part: 'week', relation: 'lt', value: 53 }],
    ['gte', new Numeral(1, '1.0'), { op: 'compare', relation: 'gte', value: 1 }],
    ['', new Numeral(7, '007'), { op: 'any', of: [{ tokens: [{ text: '007' }] }, { tokens: [{ text: '7' }] }] }],
    [
      '',
      new Numeral(12345678901234567000, '12345678901234567890'),
      { op: 'text', tokens: [{ text: '12345678901234567890' }] },
    ],
    ['', new Numeral(Number.POSITIVE_INFINITY, '12e999'), { op: 'text', tokens: [{ text: '12e999' }] }],
    ['contains', new Numeral(16, '0x10'), { op: 'text', tokens: [{ wild: '*' }, { text: '0x10' }, { wild: '*' }] }],
    ['fieldref|endswith', 'b', { op: 'fieldref', field: 'b', place: 'end', cased: false }],
    ['fieldref|cased', 'b', { op: 'fieldref', field: 'b', place: 'whole', cased: true }],
    ['utf16le', 'a', { op: 'text', tokens: [{ text: 'a\0' }] }],
    ['wide', 'a', { op: 'text', tokens: [{ text: 'a\0' }] }],
    ['utf16be', 'a', { op: 'text', tokens: [{ text: '\0a' }] }],
    ['utf16', 'a', { op: 'text', tokens: [{ text: '\xff\xfe' }, { text: 'a\0' }] }],
    ['re|i|m|s', 'x', { op: 'regex', regex: { source: 'x', flags: 'ims' } }],
    ['re|ignorecase|multiline|dotall', 'x', { op: 'regex', regex: { source: 'x', flags: 'ims' } }],
  ])('%s of %j', (modifiers, value, expected) => {
    expect(only(modifiers, value)).toMatchObject(expected);
  });

  it('has every writing of each dash', () => {
    const test = only('windash', ' -a –b c-d');
    expect(test.op === 'any' && test.of.length).toBe(25);
    expect(JSON.stringify(test)).toContain(' ―a /b c-d');
  });
});
