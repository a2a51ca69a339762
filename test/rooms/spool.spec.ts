import { appendFile, mkdtemp, open, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '#ingest/spool-record.js';
import type { SpoolPosition } from '#ingest/spool-segment.js';
import { SpoolFull, SpoolRepository } from '#ingest/spool.repository.js';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const MOST = { bytes: 2 ** 20, lines: 4000 };
const ROOMY = { segment: 2 ** 20, spool: 2 ** 24, queue: 2 ** 24, reserve: 0 };

let folder: string;
let opened: SpoolRepository[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plantwatch-spool-'));
  opened = [];
});
afterEach(async () => {
  for (const spool of opened) await spool.close();
  await rm(folder, { recursive: true });
});

async function aSpool(limits = ROOMY): Promise<SpoolRepository> {
  const spool = new SpoolRepository(folder, limits);
  await spool.open(NOW);
  opened.push(spool);
  return spool;
}

function delivery(...texts: string[]): Delivery {
  const lines = texts.map((text) => ({ raw: Buffer.from(text), truncated: false, id: undefined }));
  const ids = { tenantId: '019a0000-0000-7000-8000-00000000000a', sourceId: '019a0000-0000-7000-8000-00000000000b' };
  return { ...ids, receivedAt: NOW, sender: '10.0.0.5', lines };
}

/** Everything from a position on, as text, and where it ends. */
async function readAll(spool: SpoolRepository, from = spool.start): Promise<{ texts: string[]; end: SpoolPosition }> {
  const texts: string[] = [];
  let end = from;
  for (let batch = await spool.read(end, MOST); batch; batch = await spool.read(end, MOST)) {
    texts.push(...batch.entries.flatMap(({ lines }) => lines.map(({ raw }) => raw.toString())));
    end = { segment: batch.range.segment, offset: batch.range.to };
  }
  return { texts, end };
}

async function segments(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.seg')).toSorted();
}

describe('the spool', () => {
  it('gives back what was appended, in order, also after another start', async () => {
    const spool = await aSpool();
    await Promise.all([spool.append([delivery('a', 'b'), delivery('c')]), spool.append([delivery('d')])]);
    expect((await readAll(spool)).texts).toEqual(['a', 'b', 'c', 'd']);
    const again = await aSpool();
    await again.append([delivery('e')]);
    expect((await readAll(again)).texts).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('numbers lines without a gap, over starts, from the clock on', async () => {
    const spool = await aSpool();
    expect(await spool.append([delivery('a', 'b'), delivery('c')])).toEqual([NOW * 1000, NOW * 1000 + 2]);
    expect(await (await aSpool()).append([delivery('d')])).toEqual([NOW * 1000 + 3]);
  });

  it('cuts off an entry that was half written when the power went, and counts it', async () => {
    const spool = await aSpool();
    await spool.append([delivery('whole')]);
    const before = spool.bytes;
    await spool.append([delivery('lost because it is torn')]);
    const file = path.join(folder, (await segments())[0] ?? '');
    for (let size = spool.bytes - 1; size > before; size -= 7) {
      await truncate(file, size);
      const again = await aSpool();
      expect(again.tornBytes).toBe(size - before);
      expect((await readAll(again)).texts).toEqual(['whole']);
    }
    await appendFile(file, 'junk');
    const last = await aSpool();
    await last.append([delivery('next')]);
    expect((await readAll(last)).texts).toEqual(['whole', 'next']);
  });

  it('steps over a damaged middle, keeps the file and goes on', async () => {
    const small = { ...ROOMY, segment: 1 };
    const spool = await aSpool(small);
    for (const text of ['one', 'two', 'three']) await spool.append([delivery(text)]);
    const [, second = ''] = await segments();
    const file = await open(path.join(folder, second), 'r+');
    await file.write('X', 60);
    await file.close();
    const { texts, end } = await readAll(spool);
    expect(texts).toEqual(['one', 'three']);
    expect(spool.damagedBytes).toBeGreaterThan(0);
    await spool.release(end);
    expect((await readdir(folder)).some((name) => name.endsWith('.damaged'))).toBe(true);
  });

  it('deletes segments that nobody needs any more, and never the one that is written', async () => {
    const spool = await aSpool({ ...ROOMY, segment: 100 });
    for (let n = 0; n < 10; n++) await spool.append([delivery(`line ${n}`)]);
    const all = await segments();
    expect(all.length).toBeGreaterThan(3);
    const { texts, end } = await readAll(spool);
    expect(texts).toHaveLength(10);
    await spool.release({ segment: Number(all[1]?.slice(0, 16)), offset: 0 });
    expect(await segments()).toEqual(all.slice(1));
    await spool.release(end);
    expect(await segments()).toEqual(all.slice(-1));
    await spool.append([delivery('after')]);
    expect((await readAll(spool, end)).texts).toEqual(['after']);
  });

  it('refuses when it is full, and takes lines again when there is room', async () => {
    const spool = await aSpool({ ...ROOMY, segment: 100, spool: 400 });
    const fill = async (): Promise<void> => {
      for (;;) await spool.append([delivery('x'.repeat(50))]);
    };
    await expect(fill()).rejects.toThrow(SpoolFull);
    await spool.release((await readAll(spool)).end);
    await spool.append([delivery('again')]);
  });

  it('keeps what was acknowledged when a write fails, and writes again later', async () => {
    const spool = await aSpool({ ...ROOMY, segment: 100 });
    await spool.append([delivery('kept', 'x'.repeat(100))]);
    // The next segment cannot be made while the folder is away.
    await rm(folder, { recursive: true });
    await expect(spool.append([delivery('refused')])).rejects.toThrow('could not be written');
    const back = await aSpool();
    await back.append([delivery('fine')]);
  });

  it('does not mind other files', async () => {
    await writeFile(path.join(folder, 'notes.txt'), 'x');
    expect((await readAll(await aSpool())).texts).toEqual([]);
  });
});
