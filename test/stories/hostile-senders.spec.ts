import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip, zstdCompress } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendTcp } from '#apps/server/demo/senders.js';
import type { Rest } from '#apps/server/demo/rest.js';
import { aCustomer, aSender, type TestSender } from '#test/factories/sender.js';
import { countsOf } from '#test/support/plant-report.js';
import { eventually } from '#test/support/eventually.js';
import { aServerProcess, memoryOf, type ServerProcess } from '#test/support/server-process.js';

const MIB = 2 ** 20;
/** What hostile senders may make the server take beyond what it took before. */
const ROOM = 400 * MIB;

let server: ServerProcess;
let admin: Rest;
let tenant: string;
let hostile: TestSender;
let honest: TestSender;
let http: TestSender;
let before: number;

beforeAll(async () => {
  server = await aServerProcess();
  admin = server.administrator;
  const customer = await aCustomer(admin, 'Hostile');
  ({ tenant } = customer);
  hostile = await aSender(admin, customer, 'syslog-tcp');
  honest = await aSender(admin, customer, 'syslog-tcp');
  http = await aSender(admin, customer, 'ndjson');
  await honestLineArrives('warmup');
  before = memoryOf(server);
});
afterAll(() => server.remove());

async function search(q: string): Promise<{ event: { original: string }; tags?: string[] }[]> {
  return (await admin.get<{ items: { event: { original: string } }[] }>(`/events?tenant=${tenant}&q=${q}`)).items;
}

async function honestLineArrives(word: string, within = 10_000): Promise<void> {
  await sendTcp(honest.port, '127.0.0.1', [`<34>1 2026-11-23T00:00:00Z plc app - - - ${word}`]);
  await eventually(
    () => search(word),
    (events) => events.length === 1,
    within,
  );
}

function opened(port: number, first = ''): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      if (first) socket.write(first);
      resolve(socket);
    });
    socket.on('error', () => resolve(socket)).resume();
  });
}

async function refusals(reason: string): Promise<number> {
  const { items } = await admin.get<{ items: { reason: string; count: number }[] }>('/intake/refused');
  return items.filter((row) => row.reason.includes(reason)).reduce((sum, { count }) => sum + count, 0);
}

const post = (body: Buffer, encoding: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.collectorPort}/ndjson`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${http.token}`, 'Content-Encoding': encoding },
    body,
  });

describe('a hostile sender', () => {
  it('may open ten thousand connections and say nothing: most are refused and counted', async () => {
    const sockets: Socket[] = [];
    for (let n = 0; n < 10_000; n += 200) {
      sockets.push(...(await Promise.all(Array.from({ length: 200 }, () => opened(hostile.port)))));
    }
    await honestLineArrives('besideidle');
    await eventually(
      () => refusals('too many connections of this source'),
      (count) => count >= 8900,
    );
    expect(memoryOf(server) - before).toBeLessThan(ROOM);
    for (const socket of sockets) socket.destroy();
  }, 120_000);

  it('may hold many lines open without ending them: they are cut, kept and counted', async () => {
    const half = `<34>halfheld ${'x'.repeat(600 * 1024)}`;
    const sockets: Socket[] = [];
    for (let n = 0; n < 500; n++) sockets.push(await opened(hostile.port, half));
    await honestLineArrives('besidehalf');
    const cut = await eventually(
      () => search('halfheld'),
      (events) => events.length > 0,
      30_000,
    );
    expect(cut[0]?.tags).toContain('truncated');
    expect(memoryOf(server) - before).toBeLessThan(ROOM * 2);
    for (const socket of sockets) socket.destroy();
    // What they held are lines too, hundreds of megabytes of them.
    await honestLineArrives('behindhalf', 60_000);
  }, 120_000);

  it('may send a line of a gigabyte', async () => {
    const socket = await opened(hostile.port, '<34>gigaline ');
    const block = Buffer.alloc(MIB, 'y');
    let most = 0;
    for (let n = 0; n < 1024; n++) {
      if (!socket.write(block)) await new Promise((resolve) => socket.once('drain', resolve));
      most = Math.max(most, memoryOf(server));
    }
    socket.end('\n<34>1 2026-11-23T00:00:00Z plc app - - - aftergiga\n');
    await honestLineArrives('besidegiga');
    const found = await eventually(
      () => search('aftergiga'),
      (events) => events.length === 1,
      30_000,
    );
    expect(found).toHaveLength(1);
    expect(await search('gigaline')).toHaveLength(1);
    expect(most - before).toBeLessThan(ROOM * 2);
  }, 120_000);

  it('may send a body that grows a thousandfold', async () => {
    const bomb = Buffer.alloc(512 * MIB);
    const bodies = [
      ['gzip', await promisify(gzip)(bomb)],
      ['zstd', await promisify(zstdCompress)(bomb)],
    ] as const;
    const answers = await Promise.all(
      bodies.flatMap(([encoding, body]) => Array.from({ length: 4 }, () => post(body, encoding))),
    );
    for (const answer of answers) expect([413, 429]).toContain(answer.status);
    await honestLineArrives('besidebomb');
    expect(memoryOf(server) - before).toBeLessThan(ROOM * 2);
  }, 120_000);

  it('may send a request byte by byte: it is ended, others are served', async () => {
    const slow = await Promise.all(
      Array.from({ length: 200 }, () => opened(server.collectorPort, 'POST /ndjson HTTP/1.1\r\nHost: x\r\n')),
    );
    let ended = 0;
    for (const socket of slow) socket.on('close', () => ended++);
    for (let n = 0; n < 16 && ended < slow.length; n++) {
      for (const socket of slow) if (!socket.destroyed) socket.write('X-A: b\r\n');
      await pause(1000);
    }
    expect(ended).toBe(slow.length);
    await honestLineArrives('besideslow');
  }, 60_000);

  it('may send NUL bytes and what is no UTF-8: every line is kept', async () => {
    const bytes = Buffer.from(
      '<34>nulline a\0<34>nulline b\0<34>badutf8 caf\xe9\xff\xfe\n<34>bidi \u202eword\n',
      'latin1',
    );
    await new Promise<void>((resolve) => {
      const socket = connect(hostile.port, '127.0.0.1', () => socket.end(bytes));
      socket.on('close', () => resolve()).resume();
    });
    await eventually(
      async () => [await search('nulline'), await search('badutf8')].map(({ length }) => length),
      ([nul, bad]) => nul === 2 && bad === 1,
    );
  });

  it('leaves the server ready, every line accounted for', async () => {
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    const counts = await eventually(
      () => countsOf(admin, tenant),
      (rows) => rows.every(({ spooled }) => spooled === 0),
      60_000,
    );
    expect(counts.reduce((sum, { received }) => sum + received, 0)).toBeGreaterThan(0);
    for (const { received, indexed, duplicates, deadLettered } of counts)
      expect(received).toBe(indexed + duplicates + deadLettered);
  });
});
