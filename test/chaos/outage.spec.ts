import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '@elastic/elasticsearch';
import { sendTcp } from '#apps/server/demo/senders.js';
import { aCustomer, aSender, type TestSender } from '#test/factories/sender.js';
import { required } from '#test/support/environment.js';
import { eventually } from '#test/support/eventually.js';
import { aServerProcess, memoryOf, type ServerProcess } from '#test/support/server-process.js';
import { keptEvents } from './audit.js';
import { Services } from './services.js';

/** `npm run chaos -- --outage 10`: how long Elasticsearch is away. */
const MINUTES = Number(process.env['CHAOS_OUTAGE'] ?? 0.25);
const SOURCES = 10;
const EVENTS_PER_SECOND = 2000;
const BEAT_MS = 100;
const MIB = 2 ** 20;

let services: Services;

beforeAll(async () => {
  services = await Services.find();
});

describe('Elasticsearch is away', () => {
  let server: ServerProcess;
  let sources: TestSender[];
  beforeAll(async () => {
    server = await aServerProcess();
    const customer = await aCustomer(server.administrator, 'Outage');
    sources = [];
    for (let n = 0; n < SOURCES; n++) sources.push(await aSender(server.administrator, customer, 'syslog-tcp'));
  });
  afterAll(() => server.remove());

  it(
    'and every event arrives afterwards, in the order of its source, with no more memory and no sender slowed',
    async () => {
      const sockets = await Promise.all(
        sources.map(async ({ port }) => {
          const socket = connect(port, '127.0.0.1');
          await once(socket, 'connect');
          return socket.resume();
        }),
      );
      const sent = sources.map(() => 0);
      let slowest = 0;
      const send = async (ms: number, watch: () => void = () => undefined): Promise<void> => {
        for (const end = Date.now() + ms; Date.now() < end;) {
          const began = Date.now();
          await Promise.all(sockets.map((socket, at) => beat(socket, at)));
          slowest = Math.max(slowest, Date.now() - began);
          watch();
          await pause(Math.max(0, BEAT_MS - (Date.now() - began)));
        }
      };
      const beat = async (socket: Socket, at: number): Promise<void> => {
        const count = (EVENTS_PER_SECOND / SOURCES / 1000) * BEAT_MS;
        const from = sent[at] ?? 0;
        sent[at] = from + count;
        const lines = Array.from({ length: count }, (_, n) => `<34>1 - plc${at} app - - - outage ${at}:${from + n}:\n`);
        if (!socket.write(lines.join(''))) await once(socket, 'drain');
      };
      await send(5000);
      const before = memoryOf(server);
      let most = before;
      await services.kill('elasticsearch');
      await send(MINUTES * 60_000, () => (most = Math.max(most, memoryOf(server))));
      await services.start('elasticsearch');
      await send(3000);
      for (const socket of sockets) socket.end();

      const total = sent.reduce((sum, count) => sum + count, 0);
      await eventually(
        async () => (await server.administrator.get<{ items: { indexed: number }[] }>('/intake')).items,
        (items) => items.reduce((sum, { indexed }) => sum + indexed, 0) >= total,
        120_000 + MINUTES * 60_000,
      );
      const kept: { id: string; original: string }[] = [];
      for await (const event of keptEvents(sources.map(({ id }) => id))) kept.push(event);
      const orders = sources.map((): number[] => []);
      for (const { original } of kept.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
        const [, at, n] = /outage (\d+):(\d+):/.exec(original) ?? [];
        orders[Number(at)]?.push(Number(n));
      }
      expect(orders.map(({ length }) => length)).toEqual(sent);
      for (const order of orders) expect(order).toEqual(order.map((_, n) => n));
      process.stdout.write(
        `${JSON.stringify({ outage: { minutes: MINUTES, events: total, slowestBeatMs: slowest, memoryMiB: [before, most].map((bytes) => Math.round(bytes / MIB)) } })}\n`,
      );
      expect(most - before).toBeLessThan(200 * MIB);
      expect(slowest).toBeLessThan(5000);
    },
    MINUTES * 120_000 + 400_000,
  );
});

describe('Elasticsearch refuses writes, as it does when its own disk is nearly full', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await aServerProcess();
  });
  afterAll(() => server.remove());

  it('and the lines wait in the spool, none of them a dead letter, until it takes them', async () => {
    const client = new Client({ node: required('ELASTICSEARCH_URL') });
    const block = (read_only_allow_delete: boolean): Promise<unknown> =>
      client.indices.putSettings({ index: 'pw-events-*', settings: { index: { blocks: { read_only_allow_delete } } } });
    const customer = await aCustomer(server.administrator, 'Flood stage');
    const tcp = await aSender(server.administrator, customer, 'syslog-tcp');
    const counts = async (): Promise<{ indexed: number; spooled: number; deadLettered: number } | undefined> => {
      const { items } = await server.administrator.get<{
        items: { sourceId: string; indexed: number; spooled: number; deadLettered: number }[];
      }>('/intake');
      return items.find(({ sourceId }) => sourceId === tcp.id);
    };
    await sendTcp(tcp.port, '127.0.0.1', ['<34>1 - h a - - - before']);
    await eventually(counts, (row) => row?.indexed === 1);
    await block(true);
    const lines = Array.from({ length: 500 }, (_, n) => `<34>1 - h a - - - blocked ${n}`);
    await sendTcp(tcp.port, '127.0.0.1', lines);
    expect(await eventually(counts, (row) => row?.spooled === 500)).toMatchObject({ indexed: 1, deadLettered: 0 });
    await pause(3000);
    expect(await counts()).toMatchObject({ indexed: 1, spooled: 500, deadLettered: 0 });
    await block(false);
    await eventually(counts, (row) => row?.indexed === 501 && row.spooled === 0, 60_000);
    await client.close();
  }, 120_000);
});

describe('the disk is full', () => {
  const folders: string[] = [];
  let disk: string | undefined;
  let server: ServerProcess;
  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'plantwatch-disk-'));
    folders.push(folder);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]).status === 0;
    if (mounted) disk = folder;
    server = await aServerProcess({ state: folder });
  });
  afterAll(async () => {
    await server.remove();
    if (disk !== undefined) spawnSync('umount', [disk]);
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  it('so that senders wait or come again, and what was acknowledged is there when it has room', async ({ skip }) => {
    // Only root may mount a small one.
    if (disk === undefined) return skip();
    const customer = await aCustomer(server.administrator, 'Disk');
    const tcp = await aSender(server.administrator, customer, 'syslog-tcp');
    const http = await aSender(server.administrator, customer, 'ndjson');
    const post = async (n: number): Promise<Response> =>
      fetch(`http://127.0.0.1:${server.collectorPort}/ndjson`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${http.token}` },
        body: JSON.stringify({ message: `fulldisk http:${n}:` }),
      });
    const acknowledged: string[] = [];
    expect((await post(0)).status).toBe(200);
    acknowledged.push('http:0');
    const { bavail, bsize } = await statfs(disk);
    await writeFile(path.join(disk, 'filler'), Buffer.alloc(bavail * bsize)).catch(() => undefined);
    const refused = await eventually(
      () => post(1),
      ({ status }) => status !== 200,
    );
    expect([refused.status, Number(refused.headers.get('Retry-After'))]).toEqual([429, expect.any(Number)]);
    const socket = connect({ port: tcp.port, host: '127.0.0.1', allowHalfOpen: true }, () =>
      socket.end('<34>1 - h a - - - fulldisk tcp:0:\n'),
    );
    let closed = false;
    socket.on('close', () => (closed = true)).resume();
    await pause(1500);
    expect(closed).toBe(false);
    await rm(path.join(disk, 'filler'));
    await eventually(() => Promise.resolve(closed), Boolean);
    acknowledged.push('tcp:0');
    await eventually(
      () => post(2),
      ({ status }) => status === 200,
    );
    acknowledged.push('http:2');
    await eventually(
      async () => {
        const texts: string[] = [];
        for await (const { original } of keptEvents([tcp.id, http.id])) texts.push(original);
        return acknowledged.filter((key) => texts.some((text) => text.includes(`${key}:`)));
      },
      ({ length }) => length === acknowledged.length,
    );
  }, 120_000);
});
