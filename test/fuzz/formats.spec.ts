import { describe, expect, it } from 'vitest';
import { isParserName } from '#formats/normalise.js';
import { PARSER_NAMES } from '#formats/parsers.js';
import { byParser, fixtureLines } from '#test/fuzz/corpus.js';
import { faultsOf } from '#test/fuzz/invariants.js';
import { mutate } from '#test/fuzz/mutations.js';
import { drawing } from '#test/support/drawing.js';

const LINES = 250;
const all = fixtureLines();
const formats = byParser(all);

describe('damaged lines', () => {
  it.each(PARSER_NAMES)('of %s become sound events', (name) => {
    const draw = drawing(5);
    const corpus = formats.get(name) ?? all;
    for (let at = 0; at < LINES; at++) {
      const line = mutate(corpus[draw(corpus.length)]!, draw, all);
      const pinned = isParserName(name) && at % 2 === 0 ? { parser: name } : {};
      expect(faultsOf(line, pinned), JSON.stringify(line)).toEqual([]);
    }
  });
});
