import { describe, expect, it } from 'vitest';
import { parseFilter } from './filter.js';

describe('the filter language', () => {
  it('takes an empty text as everything', () => {
    expect(parseFilter('  ')).toEqual({ kind: 'all' });
  });

  it('joins terms by AND and binds it closer than OR', () => {
    expect(parseFilter('a b OR c')).toEqual({
      kind: 'or',
      parts: [
        {
          kind: 'and',
          parts: [
            { kind: 'words', text: 'a' },
            { kind: 'words', text: 'b' },
          ],
        },
        { kind: 'words', text: 'c' },
      ],
    });
    expect(parseFilter('a AND b')).toEqual(parseFilter('a b'));
  });

  it('reads fields with values, beginnings, phrases, ranges and existence', () => {
    expect(parseFilter('user.name:root')).toEqual({ kind: 'is', field: 'user.name', value: 'root' });
    expect(parseFilter('host.name:plc*')).toEqual({ kind: 'starts', field: 'host.name', value: 'plc' });
    expect(parseFilter('event.action:"mode change"')).toEqual({
      kind: 'is',
      field: 'event.action',
      value: 'mode change',
    });
    expect(parseFilter('ot.function_code>=-5')).toEqual({
      kind: 'range',
      field: 'ot.function_code',
      operator: '>=',
      value: '-5',
    });
    expect(parseFilter('file.path:*')).toEqual({ kind: 'exists', field: 'file.path' });
    expect(parseFilter('@timestamp<2026-11-23T10:00:00Z')).toMatchObject({
      field: '@timestamp',
      value: '2026-11-23T10:00:00Z',
    });
  });

  it('keeps colons and dashes inside values', () => {
    expect(parseFilter('source.ip:fe80::1')).toEqual({ kind: 'is', field: 'source.ip', value: 'fe80::1' });
    expect(parseFilter('host.name:PLC-01')).toEqual({ kind: 'is', field: 'host.name', value: 'PLC-01' });
    expect(parseFilter('GE-0/0/1')).toEqual({ kind: 'words', text: 'GE-0/0/1' });
  });

  it('gives a field to each value in parentheses', () => {
    expect(parseFilter('user.name:(root OR adm*)')).toEqual({
      kind: 'or',
      parts: [
        { kind: 'is', field: 'user.name', value: 'root' },
        { kind: 'starts', field: 'user.name', value: 'adm' },
      ],
    });
  });

  it('negates terms and groups', () => {
    expect(parseFilter('-root')).toEqual({ kind: 'not', part: { kind: 'words', text: 'root' } });
    expect(parseFilter('NOT (a OR b)')).toMatchObject({ kind: 'not', part: { kind: 'or' } });
  });

  it('takes an escaped character as itself', () => {
    expect(parseFilter('rate\\*')).toEqual({ kind: 'words', text: 'rate*' });
    expect(parseFilter('"say \\"x\\""')).toEqual({ kind: 'phrase', text: 'say "x"' });
  });

  it.each([
    ['(a', "a '(' without ')'"],
    ['a)', "a ')' without '('"],
    ['a OR', 'ends where a term is expected'],
    ['"open', 'cannot be read from character 1'],
    ['event.severity>', 'event.severity> needs a value'],
    ['()', 'has a ) where'],
    [`${'('.repeat(30)}a${')'.repeat(30)}`, 'nested deeper'],
    ['a '.repeat(201), 'more than 200 terms'],
  ])('refuses %s and says why', (text, why) => {
    expect(() => parseFilter(text)).toThrow(why);
  });
});
