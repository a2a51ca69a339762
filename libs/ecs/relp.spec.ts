import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relpAnswer, RelpError, RelpFramer, type RelpFrame } from './relp.js';

function split(chunks: readonly Buffer[], limit = 1000): { frames: RelpFrame[]; framer: RelpFramer } {
  const framer = new RelpFramer(limit);
  const frames: RelpFrame[] = [];
  for (const chunk of chunks) framer.push(chunk, (frame) => frames.push({ ...frame, data: Buffer.from(frame.data) }));
  return { frames, framer };
}

describe('RELP frames', () => {
  it('are a head, data of the length it says, and a line end', () => {
    const { frames } = split([Buffer.from('1 open 3 a b\n2 syslog 5 a\nb\nc\n3 close 0\n')]);
    expect(frames.map(({ transaction, command, data }) => [transaction, command, data.toString()])).toEqual([
      ['1', 'open', 'a b'],
      ['2', 'syslog', 'a\nb\nc'],
      ['3', 'close', ''],
    ]);
  });

  it('are the same however the stream is cut', () => {
    const text = Buffer.from('1 syslog 11 hello world\n2 syslog 0\n3 syslog 4 \n\n\n\n\n');
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const chunks = at.slice(1).map((to, n) => text.subarray(at[n], to));
        expect(split(chunks).frames).toEqual(split([text]).frames);
      }),
    );
  });

  it('are cut at the limit, and hold no more than that', () => {
    const { frames, framer } = split([Buffer.from('1 syslog 30 0123456789'), Buffer.from('01234567890123456789\n')], 8);
    expect(frames).toEqual([{ transaction: '1', command: 'syslog', data: Buffer.from('01234567'), truncated: true }]);
    expect(framer.heldBytes).toBe(0);
  });

  it.each([
    'GET / HTTP/1.1\n',
    '1 syslog 3 abcd\n',
    '1 syslog 3\n',
    'x'.repeat(100),
    '<34>1 - - - - - -\n',
    '1 sys log 3 abc\n',
  ])('are not %j', (text) => expect(() => split([Buffer.from(text)])).toThrow(RelpError));

  it('are answered by their number', () => {
    expect(relpAnswer({ transaction: '7', command: 'syslog' })).toBe('7 rsp 6 200 OK\n');
    expect(relpAnswer({ transaction: '1', command: 'open' })).toMatch(/^1 rsp \d+ 200 OK\nrelp_version=0\n/);
    expect(relpAnswer({ transaction: '9', command: 'close' })).toBe('9 rsp 0\n0 serverclose 0\n');
    expect(relpAnswer({ transaction: '9', command: 'starttls' })).toContain('500');
  });
});
