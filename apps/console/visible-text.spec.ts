import { describe, expect, it } from 'vitest';
import { visibleParts, visibleText } from './visible-text.js';

describe('text from a log', () => {
  it('stays as it is when all of it can be seen', () => {
    expect(visibleParts('Größe 5 µm, パスワード, ничего')).toEqual([{ text: 'Größe 5 µm, パスワード, ничего' }]);
  });

  it('names controls, and what turns, hides or halves characters', () => {
    const hostile = 'a\u0000\u001b[31m\u202eb\u200b\u2066\ufeff\u{e0041}\ud800\u0085\u00a0\u3164\ue000z';
    expect(visibleText(hostile)).toBe('aNULESC[31mRLObZWSPLRIBOMU+E0041U+D800NELNBSPU+3164U+E000z');
  });

  it('tells the character by its code point', () => {
    expect(visibleParts('\u202e')).toEqual([{ glyph: 'RLO', meaning: 'U+202E' }]);
  });

  it('keeps a line end beside its glyph, and alone in prose', () => {
    expect(visibleText('a\r\nb')).toBe('aCRLF\nb');
    expect(visibleParts('a\nb', true)).toEqual([{ text: 'a' }, { text: '\n' }, { text: 'b' }]);
  });

  it('is cut when it is long, and says so', () => {
    expect(visibleParts('x'.repeat(20_003)).at(-1)).toEqual({ glyph: '…', meaning: '3 more characters are not shown' });
  });
});
