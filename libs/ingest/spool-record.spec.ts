import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEntry, encodeEntry, type Delivery } from './spool-record.js';

const delivery: Delivery = {
  tenantId: '019a0000-0000-7000-8000-00000000000a',
  sourceId: '019a0000-0000-7000-8000-00000000000b',
  receivedAt: 1_763_900_000_000,
  sender: '10.0.0.5',
  lines: [
    { raw: Buffer.from('<34>1 first'), truncated: false, id: undefined },
    { raw: Buffer.from([0, 255, 10, 13]), truncated: true, id: 'h-00ff' },
    { raw: Buffer.alloc(0), truncated: false, id: undefined },
  ],
};

describe('a spool entry', () => {
  it('comes back as it was written', () => {
    const bytes = Buffer.concat([encodeEntry(delivery, 7), encodeEntry(delivery, 10)]);
    const first = decodeEntry(bytes, 0);
    if (first === 'torn') throw new Error('torn');
    expect(first.entry).toEqual({ ...delivery, sequence: 7 });
    expect(decodeEntry(bytes, first.next)).toMatchObject({ entry: { sequence: 10 }, next: bytes.length });
  });

  it('holds sequences that start from the clock', () => {
    const decoded = decodeEntry(encodeEntry(delivery, 1_795_426_351_164_000), 0);
    expect(decoded).toMatchObject({ entry: { sequence: 1_795_426_351_164_000 } });
  });

  it('keeps any bytes of any line', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (raws) => {
        const lines = raws.map((raw) => ({ raw: Buffer.from(raw), truncated: false, id: undefined }));
        expect(decodeEntry(encodeEntry({ ...delivery, lines }, 1), 0)).toMatchObject({ entry: { lines } });
      }),
      { numRuns: 200 },
    );
  });

  it('is torn when anything of it is missing or changed', () => {
    const bytes = encodeEntry(delivery, 7);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeEntry(bytes.subarray(0, length), 0)).toBe('torn');
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x41;
      expect(decodeEntry(damaged, 0)).toBe('torn');
    }
  });
});
