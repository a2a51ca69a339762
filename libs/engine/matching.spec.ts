import { describe, expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { compileRuleset } from './ruleset.js';

/** The detection (YAML, one line each) as a predicate. */
function rule(...detection: string[]): (event: object) => boolean {
  const head = ['title: t', 'logsource: { product: test }', 'detection:'];
  const body = detection.map((line) => `    ${line}`);
  const end = detection.some((line) => line.startsWith('condition')) ? [] : ['    condition: sel'];
  const { documents, errors } = parseSigma([...head, ...body, ...end].join('\n'), 'test.yml');
  expect(errors).toEqual([]);
  const ruleset = compileRuleset(documents);
  return (event) => ruleset.match(event).length > 0;
}

type Case = [title: string, search: string, event: object, expected: boolean];

const semantics: Case[] = [
  ['values are compared without case', "{ a: 'CMD.exe' }", { a: 'cmd.EXE' }, true],
  ['letters beyond ASCII fold too', "{ a: 'ÄRGER' }", { a: 'ärger' }, true],
  ['every sigma is a sigma', "{ a: 'ΟΔΥΣΣΕΥΣ' }", { a: 'Οδυσσευς' }, true],
  ['a sigma within a word is the one at its end', "{ a|contains: 'ς' }", { a: 'ΑΣΑ' }, true],
  ['a word that ends in sigma is found within another', "{ a|contains: 'ΟΔΟΣ' }", { a: 'οδοστρωμα' }, true],
  ['a keyword with a sigma is one too', "['ΟΔΟΣ']", { a: { b: 'η οδος' } }, true],
  ['a dotted I is an i', "{ a|contains: 'istanbul' }", { a: 'İSTANBUL' }, true],
  ['cased keeps case', "{ a|cased: 'CMD' }", { a: 'cmd' }, false],
  ['cased goes with contains', "{ a|contains|cased: 'MD' }", { a: 'CMD.exe' }, true],
  ['a list is or', '{ a: [x, y] }', { a: 'Y' }, true],
  ['a map is and', '{ a: x, b: y }', { a: 'x', b: 'z' }, false],
  ['a list of maps is or', '[{ a: x }, { b: y }]', { b: 'y' }, true],
  ['a number matches its text', '{ a: 4625 }', { a: '4625' }, true],
  ['text matches its number', "{ a: '4625' }", { a: 4625 }, true],
  ['a boolean matches its text', '{ a: true }', { a: 'True' }, true],
  ['null holds for a missing field', '{ a: null }', { b: 1 }, true],
  ['null holds for null', '{ a: null }', { a: null }, true],
  ['null does not hold for the empty text', '{ a: null }', { a: '' }, false],
  ['the empty text does not hold for a missing field', "{ a: '' }", {}, false],
  ['the empty text holds for itself', "{ a: '' }", { a: '' }, true],
  ['exists holds for null', '{ a|exists: true }', { a: null }, true],
  ['exists false holds for a missing field', '{ a|exists: false }', {}, true],
  ['a lone star wants the field', "{ a: '*' }", {}, false],
  ['a dotted path goes into nested objects', '{ a.b.c: x }', { a: { b: { c: 'x' } } }, true],
  ['a key with dots counts as well', '{ a.b: x }', { 'a.b': 'x' }, true],
  ['any element of an array suffices', '{ a: x }', { a: ['y', 'X'] }, true],
  ['a path goes through arrays of objects', '{ a.b: x }', { a: [{ b: 'y' }, { b: ['x'] }] }, true],
  ['inherited properties are no fields', '{ constructor.name|exists: true }', {}, false],
  ['the prototype is no field', '{ __proto__.x|exists: true }', {}, false],
  ['all wants every value', '{ a|contains|all: [x, y] }', { a: 'has x' }, false],
  ['all may find its values in different elements', '{ a|contains|all: [x, y] }', { a: ['has x', 'has y'] }, true],
  ['startswith', '{ a|startswith: ab }', { a: 'ABC' }, true],
  ['endswith', "{ a|endswith: '\\cmd.exe' }", { a: 'C:\\CMD.EXE' }, true],
  ['endswith is no contains', '{ a|endswith: ab }', { a: 'abc' }, false],
  ['contains keeps wildcards', "{ a|contains: 'x*z' }", { a: '1xyz2' }, true],
  ['neq turns the item round', '{ a|neq: x }', { a: 'x' }, false],
  ['neq holds for another value', '{ a|neq: [x, y] }', { a: 'z' }, true],
  ['windash accepts a slash', "{ a|contains|windash: ' -f ' }", { a: 'cmd /f x' }, true],
  ['windash accepts an en dash', "{ a|contains|windash: ' -f ' }", { a: 'cmd \u2013f x' }, true],
  ['windash leaves inner dashes', "{ a|windash: '-a-b' }", { a: '/a/b' }, false],
  ['windash with all wants a variant of each', "{ a|contains|windash|all: ['-a', '-b'] }", { a: '/a -c' }, false],
  ['a regular expression is case-sensitive', "{ a|re: 'A.C' }", { a: 'abc' }, false],
  ['a regular expression finds a part', "{ a|re: 'b+' }", { a: 'abbc' }, true],
  ['re with i', "{ a|re|i: 'A.C' }", { a: 'abc' }, true],
  ['re with m', "{ a|re|m: '^b$' }", { a: 'a\nb\nc' }, true],
  ['re with s', "{ a|re|s: 'a.b' }", { a: 'a\nb' }, true],
  ['base64', "{ a|base64: 'foobar' }", { a: 'Zm9vYmFy' }, true],
  ['base64offset finds each alignment', "{ a|base64offset|contains: 'foobar' }", { a: btoa('xxfoobarx') }, true],
  ['wide before base64', "{ a|wide|base64offset|contains: 'ping' }", { a: btoa('x\0p\0i\0n\0g\0') }, true],
  ['utf16 has a byte order mark', "{ a|utf16|base64: 'a' }", { a: btoa('\xff\xfea\0') }, true],
  ['utf16be', "{ a|utf16be|base64: 'a' }", { a: btoa('\0a') }, true],
  ['gt on a number', '{ a|gt: 5 }', { a: 6 }, true],
  ['gte on text', '{ a|gte: 5 }', { a: '5' }, true],
  ['lt on what is no number', '{ a|lt: 5 }', { a: '' }, false],
  ['lte', '{ a|lte: 5 }', { a: 5.1 }, false],
  ['cidr v4', '{ a|cidr: 10.0.0.0/8 }', { a: '10.1.2.3' }, true],
  ['cidr v4 outside', '{ a|cidr: [10.0.0.0/8, 192.168.0.0/16] }', { a: '11.1.2.3' }, false],
  ['cidr v6', "{ a|cidr: 'fe80::/10' }", { a: 'fe80::1' }, true],
  ['cidr looks into mapped addresses', '{ a|cidr: 10.0.0.0/8 }', { a: '::ffff:10.1.2.3' }, true],
  ['cidr on what is no address', '{ a|cidr: 0.0.0.0/0 }', { a: '17' }, false],
  ['fieldref', '{ a|fieldref: b.c }', { a: 'X', b: { c: 'x' } }, true],
  ['fieldref with neq', '{ a|fieldref|neq: b }', { a: 'x', b: 'x' }, false],
  ['fieldref with startswith', '{ a|fieldref|startswith: b }', { a: 'xyz', b: 'xy' }, true],
  ['fieldref to a missing field', '{ a|fieldref: b }', { a: 'x' }, false],
  ['keywords search every text of the event', '[mimikatz, other]', { a: { b: ['run MimiKatz now'] } }, true],
  ['keywords search numbers', '[4711]', { a: 47110 }, true],
  ['keywords with all', "{ '|all': [one, two] }", { a: 'one', b: 'two' }, true],
  ['keywords with re', "{ '|re': 'o[n]e' }", { a: 'xonex' }, true],
  ['keywords do not search field names', '[secret]', { secret: 'x' }, false],
];

describe('a compiled rule', () => {
  it.each(semantics)('%s', (_, search, event, expected) => {
    expect(rule(`sel: ${search}`)(event)).toBe(expected);
  });

  it('joins a list of conditions by or', () => {
    const holds = rule('one: { a: x }', 'two: { b: y }', 'condition: [one, two]');
    expect([holds({ a: 'x' }), holds({ b: 'y' }), holds({})]).toEqual([true, true, false]);
  });

  it('subtracts filters', () => {
    const holds = rule('sel: { a: x }', 'filter_1: { b: y }', 'condition: sel and not 1 of filter_*');
    expect([holds({ a: 'x' }), holds({ a: 'x', b: 'y' })]).toEqual([true, false]);
  });

  it('runs a catastrophic regular expression in linear time', () => {
    const holds = rule("sel: { a|re: '^(a+)+$' }");
    const started = performance.now();
    expect(holds({ a: `${'a'.repeat(20_000)}b` })).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
