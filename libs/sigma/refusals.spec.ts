import { describe, expect, it } from 'vitest';
import { limits } from './limits.js';
import { parseSigma } from './parse.js';

const HEAD = ['title: t', 'id: i', 'logsource: { product: p }'];

/** What is told of a rule with these lines under `detection:`; its first line is line 5 of the file. */
function told(...lines: string[]): string[] {
  const text = [...HEAD, 'detection:', ...lines.map((line) => `  ${line}`)].join('\n');
  return parseSigma(text, 'f.yml').errors.map(({ line, message }) => `${line} ${message}`);
}

/** The same of one search; its value is line 6. */
const search = (item: string) => told('s:', `  ${item}`, 'condition: s');

describe('modifiers that do not go together are refused with the reason', () => {
  const case_ = 'case matters for text only, and to regular expressions anyway';
  const list = 'the values of a list stand in for text only';
  const place = 'say where the text stands once; "contains" is anywhere';
  const end = 'write a second item for the other end of a range';
  const part = 'write an item for each part of a time';

  it.each([
    ...['re', 'exists', 'lt', 'lte', 'gt', 'gte', 'cidr', 'minute', 'year'].map((one) => ['cased', one, case_]),
    ...['re', 'cidr', 'fieldref', 'base64', 'base64offset', 'utf16le', 'wide', 'utf16be', 'utf16'].map((one) => [
      'expand',
      one,
      list,
    ]),
    ['exists', 'neq', 'turn true and false round instead'],
    ['exists', 'all', 'a field exists or not, so there is one value'],
    ['startswith', 'endswith', place],
    ['endswith', 'contains', place],
    ['contains', 'startswith', place],
    ['lt', 'lte', end],
    ['gte', 'gt', end],
    ['hour', 'minute', part],
  ])('%s and %s', (one, other, reason) => {
    expect(search(`a|${one}|${other}: 1`)).toEqual([`6 "${one}" and "${other}" do not go together: ${reason}`]);
    expect(search(`a|${other}|${one}: 1`)[0]).toContain(`do not go together: ${reason}`);
  });

  it('and windash stands before expand', () => {
    const message = '6 "windash" must stand before "expand": it changes the dashes of the rule, not of the list';
    expect(search("a|expand|windash: '%x%'")).toEqual([message]);
    expect(search("a|windash|expand: '%x%'")).toEqual([]);
    expect(search("a|expand: '%x%'")).toEqual([]);
  });
});

describe('values that a modifier is not for are refused', () => {
  const afterTime = 'works on text only; it cannot follow what stands before it';

  const forText = 'windash re cidr fieldref startswith endswith base64 base64offset utf16le wide utf16be utf16 expand';

  it.each(forText.split(' '))('%s: what is no text', (name) => {
    expect(search(`a|${name}: true`)[0]).toMatch(new RegExp(`^6 "${name}" (?:${afterTime}|needs a placeholder)`));
  });

  it.each([
    ["'|all': [x, null]", '6 null cannot stand in a list of values; write a second search with the value null'],
    ["'|base64': null", '6 null needs a field name before it'],
    ['a|exists: [true, false]', '6 "exists" takes one value, true or false'],
    ['a|expand: plain', '6 "expand" needs a placeholder such as %Administrators%; a plain percent sign is written \\%'],
    ['a|year: 0', '6 "year" needs a whole number from 1 to 9999, written without quotes'],
    ['a|year: 10000', '6 "year" needs a whole number from 1 to 9999, written without quotes'],
    ['a|hour|gt|hour: 1', '6 the modifier "hour" stands twice; remove one'],
    ["a|cidr: '10.0.0.0/33'", '6 "10.0.0.0/33" is no network; write an address and a prefix, for example 10.0.0.0/8'],
    ["a|cidr: 'fe80::1/64'", '6 "fe80::1/64" has bits beyond its prefix; write fe80::/64'],
    ["a|fieldref: 'b*'", '6 "fieldref" needs the name of one field, without wildcards'],
  ])('%s', (item, message) => expect(search(item)).toEqual([message]));

  it.each(['a|year: 1', 'a|year: 9999', "a|cidr: 'fe80::1'", "a|cidr: '10.0.0.1'", "a|re|contains: 'x'"])(
    '%s is none of them',
    (item) => expect(search(item)).toEqual([]),
  );
});

describe('a detection that cannot be read says where', () => {
  it('as a whole', () => {
    const text = [...HEAD, 'detection: text'].join('\n');
    const { errors, documents } = parseSigma(text, 'f.yml');
    expect(documents).toEqual([]);
    expect(errors).toMatchObject([{ line: 4, message: '"detection" must be a map of searches and a condition' }]);
  });

  it('by its condition, or by the one of several that is wrong', () => {
    expect(told('s: { a: x }', 'condition: []')).toEqual(['6 the list of conditions is empty']);
    expect(told('s: { a: x }', 'condition:', '  - s', '  - 7')).toEqual([
      '8 "condition" must be text or a list of texts',
    ]);
    expect(told('s: { a: x }', 'condition: s )')[0]).toMatch(/^6 /);
    expect(told('s: { a: x }', 'condition: not )')).toEqual([
      '6 ")" stands where the name of a search is expected under "detection"'.replace(' under "detection"', ''),
    ]);
  });

  it('by the map of a list that is wrong', () => {
    expect(told('s:', '  - a: x', '  - b|like: y', 'condition: s')[0]).toMatch(/^7 the modifier "like" is not known/);
    expect(told('s:', '  - a: x', '  - { }', 'condition: s')[0]).toMatch(/^7 the search is empty/);
    expect(told('s:', '  a:', '    - x', '    - { b: c }', 'condition: s')[0]).toMatch(/^\d a value must be/);
  });

  it('by the field that Sigma no longer has', () => {
    const [message] = told('s: { a: x }', 'timeframe: 5m', 'condition: s');
    expect(message).toBe('6 "timeframe" was removed from Sigma; write a correlation document with a timespan');
  });

  it('when it holds more than the limits allow, and not before', () => {
    const searches = (count: number) => Array.from({ length: count }, (_, at) => `s${at}: { a: x }`);
    expect(told(...searches(limits.searches), 'condition: s0')).toEqual([]);
    expect(told(...searches(limits.searches + 1), 'condition: s0')).toEqual([
      `4 there are more than ${limits.searches} searches; split the rule`,
    ]);
    const condition = (length: number) => `condition: s${' '.repeat(length - 2)}s`;
    expect(told('s: { a: x }', condition(limits.condition + 1))[0]).toContain(String(limits.condition));
    const nested = (depth: number) => `condition: ${'('.repeat(depth)}s${')'.repeat(depth)}`;
    expect(told('s: { a: x }', nested(limits.conditionDepth))).toEqual([]);
    expect(told('s: { a: x }', nested(limits.conditionDepth + 1))[0]).toContain(String(limits.conditionDepth));
    const many = Array.from({ length: limits.conditionDepth + 1 }, () => '(s)').join(' and ');
    expect(told('s: { a: x }', `condition: ${many}`)).toEqual([]);
    const value = (length: number) => search(`a: ${'x'.repeat(length)}`);
    expect(value(limits.value)).toEqual([]);
    expect(value(limits.value + 1)[0]).toContain(`longer than ${limits.value} characters`);
    const stars = (count: number) => search(`a: '${'x*'.repeat(count)}'`);
    expect(stars(limits.wildcards)).toEqual([]);
    expect(stars(limits.wildcards + 1)[0]).toContain(String(limits.wildcards));
  });
});
