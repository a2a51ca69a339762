import { describe, expect, it } from 'vitest';
import { parseSigma } from './parse.js';
import { elasticsearchQuery } from './query.js';

const indexed = { name: 'keyword', port: 'long', ip: 'ip', message: 'text', on: 'boolean', at: 'date' };

function detection(searches: object, condition = 'a'): ReturnType<typeof elasticsearchQuery> {
  const text = JSON.stringify({ ...searches, condition });
  const { documents, errors } = parseSigma(`title: t\nlogsource: { product: p }\ndetection: ${text}`, 't.yml');
  expect(errors).toEqual([]);
  const document = documents[0]!;
  if (document.kind !== 'rule') throw new Error('not a rule');
  return elasticsearchQuery(document.detection, indexed);
}

/** The query without the part that finds what the index does not know. */
function main(searches: object, condition?: string): unknown {
  const query = detection(searches, condition) as { bool?: { should?: object[] } };
  const asked = query.bool?.should?.filter((one) => !('terms' in one || 'regexp' in one)) ?? [query];
  return asked.length === 1 ? asked[0] : { bool: { should: asked, minimum_should_match: 1 } };
}

const all = { match_all: {} };
const there = (field: string) => ({ exists: { field } });
const keyword = (kind: string, value: string) => ({ [kind]: { name: { value, case_insensitive: true } } });
const without = (query: object) => ({ bool: { must_not: [query] } });

describe('a rule as a query', () => {
  it.each<[string, object, object]>([
    ['a text', { name: 'cmd.exe' }, keyword('term', 'cmd.exe')],
    ['a beginning', { 'name|startswith': 'C:\\W*' }, keyword('prefix', 'c:\\w')],
    ['an end', { 'name|endswith': '\\cmd.exe' }, keyword('wildcard', '*\\\\cmd.exe')],
    ['a wildcard inside', { name: 'a*b\\*' }, keyword('wildcard', 'a*b\\*')],
    ['one character', { name: 'a?b' }, keyword('wildcard', 'a*b')],
    ['a letter that Elasticsearch does not fold', { name: 'Ärger' }, keyword('wildcard', '*rger')],
    ['a sign without case', { name: '漢' }, keyword('term', '漢')],
    ['a text of which case counts', { 'name|cased': 'Cmd' }, { term: { name: { value: 'Cmd' } } }],
    ['a long text', { name: 'a'.repeat(9000) }, keyword('prefix', 'a'.repeat(128))],
    [
      'several values',
      { name: ['a', 'b'] },
      { bool: { should: [keyword('term', 'a'), keyword('term', 'b')], minimum_should_match: 1 } },
    ],
    ['too many values', { name: Array.from({ length: 300 }, (_, at) => `v${at}`) }, there('name')],
    [
      'every value',
      { 'name|contains|all': ['a', 'b'] },
      { bool: { filter: [keyword('wildcard', '*a*'), keyword('wildcard', '*b*')] } },
    ],
    ['a regular expression', { 'name|re': '^x+$' }, there('name')],
    ['another field', { 'name|fieldref': 'host' }, there('name')],
    ['null', { name: null }, without(there('name'))],
    ['presence, which null has too', { 'name|exists': true }, all],
    ['absence', { 'name|exists': false }, without(there('name'))],
    ['a number as text', { port: 22 }, { term: { port: { value: 22 } } }],
    ['a part of a number', { 'port|startswith': '2' }, there('port')],
    ['a comparison, which a fraction may decide', { 'port|gt': 22 }, { range: { port: { gte: 22 } } }],
    ['a comparison of texts', { 'name|lt': 5 }, there('name')],
    ['a network', { 'ip|cidr': '10.0.0.0/8' }, { term: { ip: { value: '10.0.0.0/8' } } }],
    ['whole octets', { 'ip|startswith': '192.168.' }, { term: { ip: { value: '192.168.0.0/16' } } }],
    ['half an octet', { 'ip|startswith': '192.16' }, there('ip')],
    ['what is no address', { ip: 'localhost' }, there('ip')],
    ['a truth value', { on: true }, { term: { on: { value: true } } }],
    ['a part of a time', { 'at|contains': '10:' }, there('at')],
    [
      'whole words',
      { 'message|contains': 'x for root from y' },
      { bool: { filter: ['for', 'root', 'from'].map((value) => ({ term: { message: { value } } })) } },
    ],
    ['half a word', { 'message|contains': 'assword' }, there('message')],
    ['a field that is not indexed', { 'json.x': 'a' }, all],
    ['an empty number, which leaves no trace', { port: '' }, all],
  ])('%s', (_, search, expected) => {
    expect(main({ a: search })).toEqual(expected);
  });

  it.each<[string, object, object]>([
    ['what is certain is excluded', { name: 'a' }, without(keyword('term', 'a'))],
    ['what is approximate is not', { name: 'a?' }, all],
    ['nor what the index may read in other ways', { port: 22 }, all],
    ['nor an address', { ip: '10.1.2.3' }, all],
    ['but a network is', { 'ip|cidr': '10.0.0.0/8' }, without({ term: { ip: { value: '10.0.0.0/8' } } })],
    ['and a negation within a negation is as good as none', { 'name|neq': 'é' }, there('name')],
    ['of several only those that are certain', { name: ['a', 'a?'] }, without(keyword('term', 'a'))],
    ['of all none when one is not certain', { name: 'a', 'name|re': 'x' }, all],
    ['keywords exclude nothing', ['word'], all],
  ])('under not: %s', (_, search, expected) => {
    expect(main({ a: search }, 'not a')).toEqual(expected);
  });

  it('finds the fields that the index did not take, or folds otherwise', () => {
    expect(detection({ a: { name: 'x', port: 1, message: 'y', other: 'z' } })).toEqual({
      bool: {
        should: [
          {
            bool: {
              filter: [keyword('term', 'x'), { term: { port: { value: 1 } } }, { term: { message: { value: 'y' } } }],
            },
          },
          { terms: { _ignored: ['name', 'port'] } },
          { regexp: { name: { value: '.*[\u212a\u0130].*' } } },
        ],
        minimum_should_match: 1,
      },
    });
  });

  it('rests on two letters alone folding to ASCII, and none to a sign without case', () => {
    const surprising: string[] = [];
    for (let code = 0x80; code <= 0x10ffff; code++) {
      const letter = String.fromCodePoint(code);
      const folded = letter.toLowerCase();
      if (folded === letter) continue;
      const single = [...folded].length === 1 && folded >= '\x80' && folded.toUpperCase() !== folded;
      if (!single) surprising.push(letter);
    }
    expect(surprising).toEqual(['\u0130', '\u212a']);
  });
});
