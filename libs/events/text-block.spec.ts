import { describe, expect, it } from 'vitest';
import { TextBlock } from './text-block.js';

describe('a block of texts', () => {
  it('keeps each as UTF-8, those beside it as they are', () => {
    const block = new TextBlock();
    const texts = ['', 'a', 'ü€😀\ud800', '€'.repeat(400_000), 'b'.repeat(200_000), 'c'.repeat(90_000), 'd'];
    const kept = texts.map((text) => block.put(text));
    expect(kept.map(String)).toEqual(texts.map((text) => text.toWellFormed()));
  });
});
