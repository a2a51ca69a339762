import { describe, expect, it } from 'vitest';
import type { ParserName } from '#formats/parsers.js';
import { PARSER_NAMES } from '#formats/parsers.js';
import { normalise } from '#formats/normalise.js';
import { fixtureLines, RECEIVED } from '#test/fuzz/corpus.js';

const LINES = fixtureLines();

function read(raw: string, parser?: ParserName): object {
  return normalise({ raw, receivedAt: RECEIVED, timeZone: 'UTC', memory: { headings: [], parser } });
}

describe('the parser that read the latest line of a source', () => {
  const plain = LINES.map((raw) => JSON.stringify(read(raw)));

  it.each(PARSER_NAMES)('changes nothing of what becomes of any line (%s)', (parser) => {
    const changed = LINES.filter((raw, at) => JSON.stringify(read(raw, parser)) !== plain[at]);
    expect(changed).toEqual([]);
  });
});
