import { describe, expect, it } from 'vitest';
import { compileRegex } from './regex.js';

const matching: [pattern: string, flags: string, text: string, expected: boolean][] = [
  ['A.C', '', 'abc', false],
  ['A.C', 'i', 'abc', true],
  ['a(?i)B(?-i)c', '', 'abc', true],
  ['a(?i:B)C', '', 'abc', false],
  ['(?i)a|B', '', 'b', true],
  ['^b$', '', 'a\nb\nc', false],
  ['^b$', 'm', 'a\nb\nc', true],
  ['b$', '', 'b\n', true],
  ['b\\z', '', 'b\n', false],
  ['b\\Z', '', 'b\n', true],
  ['^$', 'm', 'a\n', false],
  ['a.b', '', 'a\nb', false],
  ['a.b', 's', 'a\nb', true],
  ['a.b', '', 'a\rb', true],
  ['^.$', '', '😀', true],
  ['^[😀-😂]$', '', '😁', true],
  ['\\x{1F600}', '', '😀', true],
  ['\\x41\\t\\e\\cA\\0', '', 'A\t\x1b\x01\0', true],
  ['É', 'i', 'é', true],
  ['[à-é]', 'i', 'É', true],
  ['[^é]', 'i', 'É', false],
  ['s', 'i', '\u017f', false],
  ['k', 'i', '\u212a', true],
  ['\\bé', '', 'é', false],
  ['\\d', '', '\u0663', false],
  ['\\s', '', '\u000b', true],
  ['\\s', '', '\u00a0', false],
  ['\\h', '', '\u00a0', true],
  ['[[:alpha:][:^ascii:]]', '', '1', false],
  ['[]a]', '', ']', true],
  ['[^]a]', '', ']', false],
  ['[a-]', '', '-', true],
  ['[\\w-x]', '', '-', true],
  ['[\\b]', '', '\b', true],
  ['a{,2}', '', 'a{,2}', true],
  ['{a}', '', '{a}', true],
  ['x]}', '', 'x]}', true],
  ['\\{\\d\\}', '', '{1}', true],
  ['(|a)b', '', 'b', true],
  ['()*', '', '', true],
  ['(?P<name>a)(?<other>b)', '', 'ab', true],
  ['a(?#note)b', '', 'ab', true],
  ['a+?b*?', '', 'a', true],
  ['(a{0}b)', '', 'b', true],
  ['[^\\s\\S]', '', 'a', false],
  ['x.*a{1,30}a{2,16}y', '', 'x aaay', true],
  ['[ab]+[ab]{0,9}[ab]{2,30}y', '', 'xabay', true],
  ['x.{2,30}.{2,30}(?:[ab]{1,12}x|a{0,9}){2}', '', 'xbbaya', true],
  ['x.*(?:ab?){1,12}y.*z', '', 'xayz', true],
  ['', '', '', true],
];

const refused: [pattern: string, reason: RegExp][] = [
  ['a(?=b)', /look-around is not allowed/],
  ['(?<!a)b', /look-around is not allowed/],
  ['(a)\\1', /back-reference is not allowed/],
  ['(?<x>a)\\k<x>', /back-reference is not allowed/],
  ['(?<x>a)(?<x>b)', /same name/],
  ['(?>a)', /atomic/],
  ['a++', /possessive/],
  ['(?R)', /recursion/],
  ['(?(1)a)', /conditional/],
  ['(*SKIP)a', /verbs/],
  ['(?|a|b)', /not known/],
  ['*a', /nothing that this "\*" repeats/],
  ['a**', /nothing that this "\*" repeats/],
  ['a{2,1}', /lower to the higher/],
  ['[z-a]', /lower to the higher/],
  ['[a', /class is not closed/],
  ['(a', /group is not closed/],
  ['a)', /no group for this/],
  ['a\\', /single backslash/],
  ['\\p{L}', /\\p is not known/],
  ['\\Qa\\E', /\\Q is not known/],
  ['[[:none:]]', /no class \[:none:\]/],
  ['\\x{110000}', /no such character/],
  ['aa{5000}y', /too large/],
  ['x((ab{1,100}){1,100}){1,100}y', /too large/],
  ['x(((a{999999}){999999}){999999}){999999}y', /too large/],
  ['('.repeat(10_000) + ')'.repeat(10_000), /200 deep/],
  ['a'.repeat(1_000_000), /over 20000 characters/],
  ['('.repeat(1_000_000), /over 20000 characters/],
  ['abcdefg|'.repeat(2_000), /too large/],
  [`(?i)${'[\\0-\\x{1ffff}]'.repeat(100)}`, /too many ranges/],
  [
    Array.from({ length: 26 }, (_, at) => {
      const some = Array.from({ length: 380 }, (__, n) => String.fromCharCode(0x4e00 + 2 * (26 * n + at)));
      return `[${some.join('')}]`;
    }).join('.*'),
    /too many different classes/,
  ],
];

describe('the syntax of regular expressions', () => {
  it.each(matching)('%s with "%s" on %j: %s', (pattern, flags, text, expected) => {
    expect(compileRegex(pattern, flags).test(text)).toBe(expected);
    const inside = `${'-'.repeat(300)}\n`;
    if (/[\^\\$]|^$|\*$|\(\|/.test(pattern) || /[^\0-\xff]/.test(text)) return;
    expect(compileRegex(pattern, flags).test(inside + text + inside)).toBe(expected || /-/.test(pattern));
  });

  it.each(refused)('refuses %.40s', (pattern, reason) => {
    expect(() => compileRegex(pattern, '')).toThrow(reason);
  });

  it('says where', () => {
    expect(() => compileRegex('abc(?=d)', '')).toThrow('at character 4 (near "abc(?=d)")');
  });
});
