import { describe, expect, it } from 'vitest';
import { Budget } from './budget.js';
import { parseCondition } from './condition.js';
import type { Expression } from './expression.js';

const names = ['a', 'b', 'c', 'sel_1', 'sel_2', '_hidden'];
const searches = new Map(names.map((name): [string, Expression] => [name, { kind: 'and', name, of: [] }]));

function show(expression: Expression): string {
  if (expression.kind === 'not') return `not ${show(expression.of)}`;
  if (expression.kind === 'item') return '?';
  if (expression.name !== undefined) return expression.name;
  return `(${expression.of.map(show).join(` ${expression.kind} `)})`;
}

const read = (text: string) => show(parseCondition(text, searches, new Budget()));

describe('a condition', () => {
  it.each([
    ['a', 'a'],
    ['a or b and c', '(a or (b and c))'],
    ['a and b or c', '((a and b) or c)'],
    ['not a and b', '(not a and b)'],
    ['not (a or b)', 'not (a or b)'],
    ['not not a', 'not not a'],
    ['a AND NOT b', '(a and not b)'],
    ['1 of sel_*', '(sel_1 or sel_2)'],
    ['all of sel_*', '(sel_1 and sel_2)'],
    ['1 of them', '(a or b or c or sel_1 or sel_2)'],
    ['all of them and not a', '((a and b and c and sel_1 and sel_2) and not a)'],
    ['1 of _hid*', '(_hidden)'],
    ['1 of *', '(a or b or c or sel_1 or sel_2)'],
    ['any of sel_*', '(sel_1 or sel_2)'],
    ['1 of *l_*', '(sel_1 or sel_2)'],
    ['not 1 of sel_* or a and b', '(not (sel_1 or sel_2) or (a and b))'],
    ['a or b or c', '(a or b or c)'],
    ['a and not 1 of sel*', '(a and not (sel_1 or sel_2))'],
    ['((a))', 'a'],
  ])('%s reads as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['missing', 'names "missing", which is not defined'],
    ['1 of missing*', 'names no search'],
    ['1 of *den', 'names no search'],
    ['1 of sel_?', 'its only wildcard is *'],
    ['1 of', 'needs "them" or a name'],
    ['2 of sel_*', 'write "1 of" or "all of"'],
    ['a b', '"b" is not expected'],
    ['(a', 'a ")" is missing'],
    ['a)', '")" is not expected'],
    ['a and', 'ends where'],
    ['', 'ends where'],
    ['a | count() > 5', 'write a correlation document'],
    ['('.repeat(10_001), 'longer than'],
    [`${'('.repeat(500)}a${')'.repeat(500)}`, 'nested deeper'],
  ])('%s is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('reads "all of" even where a search is called all', () => {
    const odd = new Map([...searches, ['all', { kind: 'and', name: 'all', of: [] } satisfies Expression] as const]);
    expect(show(parseCondition('all of sel_* and all', odd, new Budget()))).toBe('((sel_1 and sel_2) and all)');
  });

  it('lets a search have the name of a keyword', () => {
    const odd = new Map([...searches, ['and', { kind: 'and', name: 'and', of: [] } satisfies Expression] as const]);
    expect(show(parseCondition('and or a', odd, new Budget()))).toBe('(and or a)');
  });
});
