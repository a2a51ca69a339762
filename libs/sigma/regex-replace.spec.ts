import { describe, expect, it } from 'vitest';
import { compileReplacement } from './regex-replace.js';

describe('replacing by a regular expression', () => {
  it.each([
    ['x', 'y', 'axbx', 'ayby'],
    ['(a)(?P<n>b)', '\\2\\g<n>\\1\\g<0>', 'abab', 'bbaabbbaab'],
    ['(a)|(b)', '[\\2]', 'ab', '[][b]'],
    ['a+?', '-', 'aaa', '---'],
    ['a{1,3}', '-', 'aaaa', '--'],
    ['a{1,3}?', '-', 'aaaa', '----'],
    ['(a|b){2}', '\\1', 'ab', 'b'],
    ['^(.*)\\\\(.*)$', '\\2', 'C:\\x\\y', 'y'],
    ['^C:', '\\\\?\\\\D:', 'C:\\x', '\\?\\D:\\x'],
    ['x*', '-', 'abc', '-a-b-c-'],
    ['.', '_', '😀', '_'],
    ['(?i)É', 'e', 'éa', 'ea'],
    ['\\bé', 'e', 'aé', 'ae'],
    ['$', '!', 'a', 'a!'],
    ['a', '$&', 'a', '$&'],
    ['a', '\\n', 'a', '\\n'],
  ])('%s by %s in %s', (source, replacement, text, expected) => {
    expect(compileReplacement(source, replacement)(text)).toBe(expected);
  });

  it.each([
    ['(a+)+$', 'would be slow'],
    ['.*.*.*.*x', 'would be slow'],
    ['(?=a)', 'look-around'],
    ['(', 'refused at character'],
    ['(?<n>a)(?<n>b)', 'same name'],
  ])('refuses %s', (source, reason) => {
    expect(() => compileReplacement(source, '')).toThrow(reason);
  });

  it('refuses a long text', () => {
    expect(() => compileReplacement('a', '')('a'.repeat(1001))).toThrow('over 1000 characters');
  });
});
