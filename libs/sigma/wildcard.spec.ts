import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWildcard, foldText, parseWildcard } from './wildcard.js';

const matches = (pattern: string, text: string) => compileWildcard(parseWildcard(pattern))(text);

describe('a Sigma string', () => {
  it.each([
    ['a plain backslash stands for itself', 'C:\\Windows\\cmd.exe', 'C:\\Windows\\cmd.exe'],
    ['two backslashes mean one', 'C:\\\\Windows', 'C:\\Windows'],
    ['an escaped star is a star', 'a\\*b', 'a*b'],
    ['an escaped question mark is a question mark', 'a\\?b', 'a?b'],
    ['an escaped backslash leaves the star a wildcard', 'a\\\\*b', 'a\\anything b'],
    ['three backslashes escape the backslash and the star', 'a\\\\\\*b', 'a\\*b'],
    ['three backslashes mean two', '\\\\\\server', '\\\\server'],
    ['four backslashes mean two', '\\\\\\\\server', '\\\\server'],
    ['a backslash at the end stands for itself', 'C:\\', 'C:\\'],
  ])('%s', (_, pattern, text) => {
    expect(matches(pattern, text)).toBe(true);
  });

  it.each([
    ['a\\*b', 'a\\xb'],
    ['a\\\\\\*b', 'a\\xb'],
    ['prog?.exe', 'prog.exe'],
    ['prog?.exe', 'progAB.exe'],
    ['*x', 'xy'],
    ['a*a', 'a'],
  ])('%s does not match %s', (pattern, text) => {
    expect(matches(pattern, text)).toBe(false);
  });

  it('matches like a regular expression made from it', () => {
    const piece = fc.constantFrom('a', 'b', 'ab', '*', '?', '.', '\n', '😀');
    const letters = fc.array(fc.constantFrom('a', 'b', '.', '\n', '😀', '\ud83d'), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), letters, (pieces, text) => {
        const source = pieces.map((one) => (one === '*' ? '.*' : one === '?' ? '.' : one.replace('.', '\\.'))).join('');
        const expected = new RegExp(`^${source}$`, 'su').test(text.join(''));
        expect(matches(pieces.join(''), text.join(''))).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('stays fast on a pattern made to backtrack', () => {
    const pattern = compileWildcard(parseWildcard(`${'*a?'.repeat(50)}*b`));
    const started = performance.now();
    expect(pattern('a'.repeat(65_536))).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('texts without regard to case', () => {
  it.each([
    ['İ', 'i'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    ['\u212a', 'k'],
    ['i\u0307Σ', 'i\u0307σ'],
    ['𐐀', '𐐨'],
    ['ẞSS', 'ßss'],
  ])('%s is %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('take each character by itself and one for one', () => {
    const letter = fc.oneof(fc.constantFrom(...'ΣσςİıiI\u0307 Οx'), fc.string({ unit: 'binary', maxLength: 1 }));
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 6 }), (letters) => {
        const folded = letters.map(foldText);
        expect(foldText(letters.join(''))).toBe(folded.join(''));
        expect(folded.map((one) => [...one].length)).toEqual(letters.map((one) => [...one].length));
      }),
      { numRuns: 2000 },
    );
  });

  it('have a form of which nothing is left to fold', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const folded = foldText(String.fromCodePoint(code));
      if (foldText(folded) !== folded || [...folded].length !== 1) throw new Error(`U+${code.toString(16)}`);
    }
  });
});
