import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SyslogFramer } from './framing.js';

interface Vector {
  framing: string;
  stream: string;
  expected_messages: string[];
}

const VECTORS: Vector[] = readFileSync('test/fixtures/ecs/syslog/framing_rfc6587.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** What the vectors leave out as an error and we keep: no byte is lost. */
const KEPT_AFTER: Record<string, string[]> = {
  '9 I am test.2 ab': ['.2 ab'], // the count ended too early; the rest is a line
  '16 <1>1': ['<1>1 (truncated)'], // the stream ended inside a frame
};

/** The frames of a stream that arrives in the given pieces; cut ones are marked. */
function frames(pieces: readonly (string | Buffer)[], limit = 8192): string[] {
  const framer = new SyslogFramer(limit);
  const seen: string[] = [];
  const emit = (frame: Buffer, truncated: boolean) =>
    void seen.push(frame.toString('latin1') + (truncated ? ' (truncated)' : ''));
  for (const piece of pieces) framer.push(Buffer.from(piece), emit);
  framer.end(emit);
  return seen;
}

describe('framing of syslog over TCP', () => {
  it.each(VECTORS)('splits $stream', ({ stream, expected_messages }) => {
    expect(frames([stream])).toEqual([...expected_messages, ...(KEPT_AFTER[stream] ?? [])]);
  });

  it('tells octet counting and line endings apart frame by frame', () => {
    expect(frames(['5 <1>ab<2>line\n7 <3>c\nd\n<4>zero\0<5>crlf\r\n\n\n4 <6>e'])).toEqual([
      '<1>ab',
      '<2>line',
      '<3>c\nd\n',
      '<4>zero',
      '<5>crlf',
      '<6>e',
    ]);
  });

  it.each([
    '0 <1>a',
    '-1 <1>a',
    '2147483648 <1>a',
    '99999999999999999999 <1>a',
    '12<1>a',
    '1.5 <1>a',
    '7x',
    '2026-11-23T10:00:00Z a',
  ])('takes %s for a line, since its count is none', (line) =>
    expect(frames([`${line}\n<2>b\n`])).toEqual([line, '<2>b']),
  );

  it('gives the same frames however the stream is cut', () => {
    const part = fc.constantFrom(
      '<1>abc\n',
      '5 <1>ab',
      'x\0',
      '\n',
      '12 ',
      '3 a\nb',
      '99 long',
      '0 z\n',
      '<7>é\r\n',
      '1',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.array(fc.nat(60), { maxLength: 8 }), (parts, cuts) => {
        const stream = Buffer.from(parts.join(''));
        const edges = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length];
        const pieces = edges.slice(1).map((edge, at) => stream.subarray(edges[at], edge));
        expect(frames(pieces, 16)).toEqual(frames([stream], 16));
      }),
    );
  });

  it('cuts a long line once, skips the rest, counts it and goes on', () => {
    const framer = new SyslogFramer(1000);
    const seen: [number, boolean][] = [];
    const emit = (frame: Buffer, truncated: boolean) => void seen.push([frame.length, truncated]);
    const piece = Buffer.alloc(65_536, 'x');
    for (let i = 0; i < 160; i++) framer.push(piece, emit);
    framer.push(Buffer.from('\n<1>next\n'), emit);
    expect(seen).toEqual([
      [1000, true],
      [7, false],
    ]);
    expect(framer.discardedBytes).toBe(160 * 65_536 - 1000);
    expect(framer.truncatedFrames).toBe(1);
  });

  it('cuts a long counted frame without losing the one behind it', () => {
    const long = 'y'.repeat(50);
    expect(frames([`50 ${long}4 <1>a`], 10)).toEqual([`${'y'.repeat(10)} (truncated)`, '<1>a']);
  });

  it('passes any bytes on and never emits more than the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), fc.integer({ min: 1, max: 100 }), (chunks, limit) => {
        for (const frame of frames(
          chunks.map((chunk) => Buffer.from(chunk)),
          limit,
        )) {
          expect(frame.replace(/ \(truncated\)$/, '').length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it.each([
    { first: '<1>ab', rest: 'cd\n<2>e\n', seen: ['<1>ab (truncated)', '<2>e'], held: 0, discarded: 2 },
    { first: '8 <1>ab', rest: 'cde<2>f\n', seen: ['<1>ab (truncated)', '<2>f'], held: 0, discarded: 3 },
    // of a count there is nothing to emit yet
    { first: '1', rest: '2 <1>abcdefghi<2>f\n', seen: ['<1>abcdefghi', '<2>f'], held: 1, discarded: 0 },
  ])('lets go of what it holds of $first when it has to, and skips the rest of that frame', (stream) => {
    const framer = new SyslogFramer(8192);
    const seen: string[] = [];
    const emit = (frame: Buffer, truncated: boolean) => void seen.push(`${frame}${truncated ? ' (truncated)' : ''}`);
    framer.push(Buffer.from(stream.first), emit);
    framer.cutHeld(emit);
    expect(framer.heldBytes).toBe(stream.held);
    framer.cutHeld(emit);
    framer.push(Buffer.from(stream.rest), emit);
    expect(seen).toEqual(stream.seen);
    expect(framer.discardedBytes).toBe(stream.discarded);
  });
});
