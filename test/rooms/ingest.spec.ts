import { connect, createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { deflate, gzip, zstdCompress } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendTcp, sendUdp } from '#apps/server/demo/senders.js';
import { LogSources } from '#customers/log-sources.service.js';
import type { EcsEvent } from '#ecs/event.js';
import { Bulk } from '#events/bulk.js';
import { EventIndices } from '#events/event-indices.service.js';
import { PipelineSinks } from '#ingest/pipeline-sinks.service.js';
import { aSite, type TestSite, type TestSource } from '#test/factories/site.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

const LINE =
  '<86>1 2026-11-23T09:59:59.250Z ews-01 sshd 4711 - - Failed password for operator from 10.1.1.7 port 50022 ssh2';

let running: RunningApp;
let site: TestSite;
let tcp: TestSource;
let udp: TestSource;
let http: TestSource;

beforeAll(async () => {
  running = await startApp();
  site = await aSite(running);
  tcp = await site.source('syslog-tcp');
  udp = await site.source('syslog-udp');
  http = await site.source('bulk');
  await listening(tcp.port);
});
afterAll(() => running.stop());

async function search(q: string): Promise<EcsEvent[]> {
  return (await site.owner.get<{ items: EcsEvent[] }>(`/events?limit=200&q=${encodeURIComponent(q)}`)).items;
}

function found(q: string, count: number): Promise<EcsEvent[]> {
  return eventually(
    () => search(q),
    (events) => events.length >= count,
  );
}

interface Sent {
  path: string;
  body: string | Buffer;
  headers?: Record<string, string>;
  method?: string;
}

function send({ path, body, headers = {}, method = 'POST' }: Sent): Promise<Response> {
  const own = { Authorization: `Bearer ${http.token}`, 'Content-Type': 'application/x-ndjson', ...headers };
  return fetch(`http://127.0.0.1:${http.port}${path}`, { method, headers: own, body });
}

describe('a line by TCP', () => {
  it('becomes an event with its text, three clocks, its place and its asset', async () => {
    const device = { componentType: 'host_device', role: 'engineering_workstation', hostnames: ['ews-01'] };
    const zone = await site.lead.post('/zones', {
      tenant: site.tenant,
      siteId: site.siteId,
      name: 'Control',
      slTarget: 2,
    });
    const asset = await site.lead.post('/assets', { tenant: site.tenant, name: 'ews-01', zoneId: zone.id, ...device });
    await sendTcp(tcp.port, '127.0.0.1', [LINE]);
    const [event] = await eventually(
      () => search('user.name:operator plantwatch.asset.name:ews-01'),
      (events) => events.length === 1,
    );
    expect(event).toMatchObject({
      '@timestamp': '2026-11-23T09:59:59.250Z',
      event: { original: LINE, id: expect.stringMatching(/^c1-\d{16}$/), outcome: 'failure' },
      user: { name: 'operator' },
      source: { ip: '10.1.1.7' },
      plantwatch: {
        source_id: tcp.id,
        collector: 'c1',
        site: { id: site.siteId },
        zone: { id: zone.id, name: 'Control' },
        asset: { id: asset.id, role: 'engineering_workstation' },
      },
    });
    const { created, ingested } = event?.event ?? {};
    expect(Date.parse(created ?? '')).toBeLessThanOrEqual(Date.parse(ingested ?? ''));
    expect(event?.plantwatch?.skew_ms).toBe(Date.parse(created ?? '') - Date.parse('2026-11-23T09:59:59.250Z'));
    expect(event?.event.id).toBe(`c1-${String(event?.plantwatch?.sequence).padStart(16, '0')}`);
  });

  it('may be counted in octets and hold line feeds, and the same text twice is two events', async () => {
    const message = '<34>1 2026-11-23T10:00:00Z h app - - - octets one\n octets two';
    const frame = `${Buffer.byteLength(message)} ${message}`;
    await new Promise<void>((resolve) => {
      const socket = connect(tcp.port, '127.0.0.1', () => socket.end(frame + frame));
      socket.on('close', () => resolve()).resume();
    });
    const events = await found('octets', 2);
    expect(events.map(({ event }) => event.original)).toEqual([message, message]);
  });

  it('keeps bytes that are no UTF-8, one character each', async () => {
    const bytes = Buffer.concat([Buffer.from('<34>latinline caf'), Buffer.from([0xe9, 0x80, 0x0a])]);
    await new Promise<void>((resolve) => {
      const socket = connect(tcp.port, '127.0.0.1', () => socket.end(bytes));
      socket.on('close', () => resolve()).resume();
    });
    const [event] = await found('latinline', 1);
    expect(Buffer.from(event?.event.original ?? '', 'latin1')).toEqual(bytes.subarray(0, -1));
    expect(event?.tags).toContain('invalid_utf8');
  });

  it('is refused once its source is gone, by a port that closes', async () => {
    const short = await site.source('syslog-tcp');
    await listening(short.port);
    await running.app.get(LogSources, { strict: false }).remove(site.scope, short.id);
    const refused = (): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = connect(short.port, '127.0.0.1', () => socket.destroy());
        socket.on('error', () => resolve(true)).on('close', () => resolve(false));
      });
    await eventually(refused, Boolean);
  });
});

describe('a port that cannot be opened', () => {
  it('is told to the provider, and opened when it is free', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const source = { kind: 'syslog-tcp', name: 'taken', listenPort: port, timeZone: 'Etc/UTC' };
    await site.admin.post('/log-sources', { tenant: site.tenant, siteId: site.siteId, ...source });
    const problems = async (): Promise<string> => JSON.stringify(await site.admin.get('/intake/collectors'));
    const topic = `syslog-tcp port ${port}`;
    expect(await eventually(problems, (text) => text.includes(topic))).toContain('EADDRINUSE');
    await expect(site.owner.get('/intake/collectors')).rejects.toThrow('403');
    await new Promise((resolve) => taken.close(resolve));
    await eventually(problems, (text) => !text.includes(topic));
    await sendTcp(port, '127.0.0.1', ['<34>freedline']);
    await found('freedline', 1);
  });
});

describe('a datagram', () => {
  it('is one line', async () => {
    await sendUdp(udp.port, '127.0.0.1', ['<34>datagramline one\n', '<34>datagramline two']);
    const originals = (await found('datagramline', 2)).map(({ event }) => event.original);
    expect(originals.toSorted()).toEqual(['<34>datagramline one', '<34>datagramline two']);
  });

  it('of a stranger is refused, counted and visible to the provider alone', async () => {
    const narrow = { kind: 'syslog-udp', name: 'narrow', listenPort: udp.port + 1, senderAddresses: ['192.0.2.0/24'] };
    await site.admin.post('/log-sources', { tenant: site.tenant, siteId: site.siteId, timeZone: 'Etc/UTC', ...narrow });
    interface Refused {
      items: { protocol: string; port: number; address: string; reason: string; count: number }[];
    }
    const { items } = await eventually(
      async () => {
        await sendUdp(udp.port + 1, '127.0.0.1', ['<34>strangerline']);
        return site.admin.get<Refused>('/intake/refused');
      },
      (list) => list.items.some(({ port }) => port === udp.port + 1),
    );
    expect(items.find(({ port }) => port === udp.port + 1)).toMatchObject({
      protocol: 'syslog-udp',
      address: '127.0.0.1',
      reason: 'unknown sender',
    });
    await expect(site.owner.get('/intake/refused')).rejects.toThrow('403');
    expect(await search('strangerline')).toEqual([]);
  });
});

describe('lines by HTTP', () => {
  it.each([
    ['Bearer', (token: string) => `Bearer ${token}`],
    ['ApiKey', (token: string) => `ApiKey ${token}`],
    ['encoded ApiKey', (token: string) => `ApiKey ${Buffer.from(`id:${token}`).toString('base64')}`],
    ['Basic', (token: string) => `Basic ${Buffer.from(`rsyslog:${token}`).toString('base64')}`],
  ])('are taken with the token as %s', async (_name, header) => {
    const answer = await send({
      path: '/ndjson',
      body: '{"message":"x"}',
      headers: { Authorization: header(http.token) },
    });
    expect(await answer.json()).toEqual({ accepted: 1, unparsed: 0 });
  });

  it('may be compressed', async () => {
    const body = Buffer.from('{"message":"squeezed"}\n'.repeat(5));
    for (const [encoding, squeeze] of [
      ['gzip', promisify(gzip)],
      ['deflate', promisify(deflate)],
      ['zstd', promisify(zstdCompress)],
    ] as const) {
      const headers = { 'Content-Encoding': encoding };
      expect((await send({ path: '/api/v1/logs', body: await squeeze(body), headers })).status).toBe(200);
    }
    expect(await found('squeezed', 15)).toHaveLength(15);
  });

  it('are refused as a whole when too large, also when they only become so', async () => {
    const bomb = await promisify(gzip)(Buffer.alloc(80 * 2 ** 20, 'x'));
    const headers = { 'Content-Encoding': 'gzip' };
    expect((await send({ path: '/ndjson', body: bomb, headers })).status).toBe(413);
    expect((await send({ path: '/ndjson', body: 'x', headers })).status).toBe(400);
    expect((await send({ path: '/ndjson', body: 'x', headers: { 'Content-Encoding': 'br' } })).status).toBe(415);
  });

  it('are kept when they are no JSON, and counted', async () => {
    const body = '{"message":"brokenone"}\n{"message":"brokentwo\nbrokenthree';
    expect(await (await send({ path: '/ndjson', body })).json()).toEqual({ accepted: 3, unparsed: 2 });
    const [half] = await found('brokentwo', 1);
    expect(half).toMatchObject({
      event: { original: '{"message":"brokentwo' },
      tags: ['timestamp_missing', 'unparsed'],
    });
  });

  it('are the same events when sent again under the same Idempotency-Key', async () => {
    const request = {
      path: '/ndjson',
      body: '{"message":"oncekey a"}\n{"message":"oncekey b"}',
      headers: { 'Idempotency-Key': 'k-1' },
    };
    for (let times = 0; times < 3; times++) expect((await send(request)).status).toBe(200);
    await send({ path: '/ndjson', body: '{"message":"oncekey last"}' });
    await found('"oncekey last"', 1);
    expect(await search('oncekey')).toHaveLength(3);
  });
});

describe('the bulk interface', () => {
  it('answers each item in order, in the type that was asked for', async () => {
    const lines = ['{"index":{"_index":"logs"}}', '{"message":"bulkitem 1"}', '{"update":{"_id":"1"}}', '{"doc":{}}'];
    const body = `${[...lines, '{"create":{"_id":"mine"}}', '{"message":"bulkitem 2"}'].join('\n')}\n`;
    const type = 'application/vnd.elasticsearch+x-ndjson; compatible-with=8';
    const headers = { 'Content-Type': type, Accept: 'application/vnd.elasticsearch+json; compatible-with=8' };
    const answer = await send({ path: '/other/_bulk', body, headers, method: 'PUT' });
    expect(answer.headers.get('X-Elastic-Product')).toBe('Elasticsearch');
    expect(answer.headers.get('Content-Type')).toContain('vnd.elasticsearch+json');
    const { errors, items } = (await answer.json()) as { errors: boolean; items: Record<string, { _id: string }>[] };
    expect({ errors, items }).toMatchObject({
      errors: true,
      items: [
        { index: { status: 201, _index: 'logs' } },
        { update: { status: 400, _index: 'other' } },
        { create: { status: 201, _index: 'other' } },
      ],
    });
    const events = await found('bulkitem', 2);
    const ids = [items[0]?.['index']?._id, items[2]?.['create']?._id];
    expect(events.map(({ event }) => event.id).toSorted()).toEqual(ids.toSorted());
  });

  it('greets shippers as Elasticsearch does', async () => {
    const get = async (path: string, method = 'GET'): Promise<Response> =>
      fetch(`http://127.0.0.1:${http.port}${path}`, { method, headers: { Authorization: `Bearer ${http.token}` } });
    expect(await (await get('/')).json()).toMatchObject({
      tagline: 'You Know, for Search',
      version: { number: expect.stringMatching(/^8\.19\./) },
    });
    for (const path of ['/', '/_index_template/filebeat', '/_ilm/policy/x', '/logs']) {
      const answer = await get(path, 'HEAD');
      expect([answer.status, answer.headers.get('X-Elastic-Product')], path).toEqual([200, 'Elasticsearch']);
    }
    expect(await (await get('/_license')).json()).toMatchObject({ license: { status: 'active' } });
    expect((await get('/_index_template/filebeat', 'PUT')).status).toBe(200);
  });
});

describe('a document that Elasticsearch cannot take', () => {
  it('becomes a dead letter with its bytes and the reason, and its neighbours do not', async () => {
    const index = await running.app.get(EventIndices, { strict: false }).writeIndex(site.scope);
    const raw = Buffer.from([0x7b, 0x00, 0xff]);
    const lines = ['near-1', 'dead-1', 'near-2', 'dead-2'].map((id) => ({ raw, truncated: false, id }));
    const of = { tenantId: site.tenant, sourceId: http.id, receivedAt: Date.now(), sender: '10.0.0.5', sequence: 0 };
    const delivery = { ...of, lines };
    const bulk = new Bulk();
    const now = new Date().toISOString();
    for (const [id, timestamp] of Object.entries({ 'near-1': now, 'dead-1': 'no\0time', 'near-2': now })) {
      bulk.add({ index }, id, JSON.stringify({ '@timestamp': timestamp, event: { id }, message: 'neighbour' }));
    }
    const failed = [{ id: 'dead-2', line: lines[3]!, delivery, reason: 'not processed: a bug' }];
    const outcomes: object[] = [];
    // Twice, as after a kill.
    for (let times = 0; times < 2; times++) {
      const built = { entries: [delivery], bulk, matches: [], failed };
      outcomes.push(...(await running.app.get(PipelineSinks, { strict: false }).keep(built)));
    }
    expect(outcomes).toMatchObject([
      { indexed: 2, duplicates: 0, deadLettered: 2 },
      { indexed: 0, duplicates: 2, deadLettered: 2 },
    ]);
    expect(await found('neighbour', 2)).toHaveLength(2);
    interface Letters {
      items: {
        id: string;
        eventId: string;
        raw: string;
        reason: string;
        sourceId: string;
        replayedAt: string | null;
      }[];
    }
    const { items } = await site.owner.get<Letters>('/dead-letters');
    const letters = items.toSorted((a, b) => a.eventId.localeCompare(b.eventId));
    expect(letters).toMatchObject([
      { eventId: 'dead-1', sourceId: http.id, reason: expect.stringContaining('failed to parse field [@timestamp]') },
      { eventId: 'dead-2', sourceId: http.id, reason: 'not processed: a bug' },
    ]);
    expect(letters.map((letter) => letter.raw)).toEqual([raw.toString('base64'), raw.toString('base64')]);
    const bug = letters.find(({ eventId }) => eventId === 'dead-2');
    const replay = `/dead-letters/${bug?.id}/replay`;
    await expect(site.owner.post(replay)).rejects.toThrow('403');
    for (let times = 0; times < 2; times++) await site.admin.post(replay);
    const [event] = await found('event.id:dead-2', 1);
    expect(Buffer.from(event?.event.original ?? '', 'latin1')).toEqual(raw);
    const after = (await site.owner.get<Letters>('/dead-letters')).items;
    expect(after.find(({ eventId }) => eventId === 'dead-2')?.replayedAt).not.toBeNull();
    expect(await search('event.id:dead-2')).toHaveLength(1);
  });
});

it('every source’s lines are counted', async () => {
  interface Counters {
    items: { sourceId: string; received: number; indexed: number; duplicates: number; deadLettered: number }[];
  }
  const counted = await site.source('ndjson');
  const headers = { Authorization: `Bearer ${counted.token}`, 'Idempotency-Key': 'c' };
  for (let times = 0; times < 2; times++) await send({ path: '/ndjson', body: '{"a":1}\n{"a":2}', headers });
  const mine = async (): Promise<object | undefined> =>
    (await site.owner.get<Counters>('/intake')).items.find(({ sourceId }) => sourceId === counted.id);
  const expected = { received: 4, indexed: 2, duplicates: 2, deadLettered: 0, truncated: 0, dropped: 0 };
  await eventually(mine, (row) =>
    Object.entries(expected).every(([key, value]) => row && Reflect.get(row, key) === value),
  );
});
