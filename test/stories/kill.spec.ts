import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Rest } from '#apps/server/demo/rest.js';
import { freePort } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { alertsOf, countsOf } from '#test/support/plant-report.js';
import { listening } from '#test/support/listening.js';
import { aServerProcess, type ServerProcess } from '#test/support/server-process.js';

const LINES = 10_000;
const CHUNK = 100;
/** A multiple of the chunks, so that several users fail six times in a chunk. */
const USERS = 5;

interface Plant {
  tenant: string;
  tcp: number;
  token: string;
}

let server: ServerProcess;
let admin: Rest;
let killing = false;

beforeAll(async () => {
  server = await aServerProcess();
  admin = server.administrator;
});
afterAll(() => server.remove());

async function aPlant(name: string): Promise<Plant> {
  const { id: tenant } = await admin.post('/tenants', { name, timeZone: 'Etc/UTC' });
  const { id: siteId } = await admin.post('/sites', { tenant, name });
  const tcp = await freePort();
  await admin.post('/log-sources', {
    tenant,
    siteId,
    kind: 'syslog-tcp',
    name: 'tcp',
    timeZone: 'Etc/UTC',
    listenPort: tcp,
  });
  const http = await admin.post<{ token: string }>('/log-sources', {
    tenant,
    siteId,
    kind: 'ndjson',
    name: 'http',
    timeZone: 'Etc/UTC',
  });
  await listening(tcp);
  return { tenant, tcp, token: http.token };
}

const START = Date.now() - 60_000;

/** Numbered; each user's failures are a quarter of a second apart. */
function line(channel: string, n: number): string {
  const at = new Date(START + Math.floor(n / 4)).toISOString();
  const user = `${channel}${n % USERS}`;
  return `<86>1 ${at} ews-01 sshd ${n} - - Failed password for ${user} from 203.0.113.9 port ${n} ssh2`;
}

function chunk(channel: string, index: number): string[] {
  return Array.from({ length: CHUNK }, (_, n) => line(channel, index * CHUNK + n));
}

/**
 * @returns whether the server took all of it: it closes its side after the lines are on its disk. While it is being
 * killed the kernel closes in its stead, which says nothing.
 */
function byTcp(port: number, lines: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    let finished = false;
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(`${lines.join('\n')}\n`));
    socket.on('end', () => (finished = !killing)).on('error', () => undefined);
    socket.on('close', () => resolve(finished)).resume();
  });
}

async function byHttp(plant: Plant, index: number, lines: string[]): Promise<boolean> {
  const headers = {
    Authorization: `Bearer ${plant.token}`,
    'Content-Type': 'application/x-ndjson',
    'Idempotency-Key': `chunk-${index}`,
  };
  const body = lines.map((message) => JSON.stringify({ message })).join('\n');
  const answer = await fetch(`http://127.0.0.1:${server.collectorPort}/ndjson`, {
    method: 'POST',
    headers,
    body,
  }).catch(() => undefined);
  await answer?.arrayBuffer();
  return answer?.ok ?? false;
}

/** Sends everything, in order; HTTP chunks are sent again until taken, TCP chunks never. @returns what TCP acknowledged */
async function sendAll(plant: Plant, afterChunk: (index: number) => void): Promise<Set<number>> {
  const taken = new Set<number>();
  for (let index = 0; index < LINES / CHUNK; index++) {
    afterChunk(index);
    if (await byTcp(plant.tcp, chunk('t', index))) taken.add(index);
    while (!(await byHttp(plant, index, chunk('h', index)))) await pause(100);
  }
  return taken;
}

async function killAndStart(): Promise<void> {
  killing = true;
  await server.kill('SIGKILL');
  await server.start();
  killing = false;
}

/** How often each numbered line is found, by channel and number. */
async function found(plant: Plant): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  let cursor = '';
  do {
    const path = `/events?tenant=${plant.tenant}&limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const page = await admin.get<{ items: { event: { original: string } }[]; next: string | null }>(path);
    for (const { event } of page.items) {
      const [, user, n] = /for ([th])\d from \S+ port (\d+)/.exec(event.original) ?? [];
      seen.set(`${user}${n}`, (seen.get(`${user}${n}`) ?? 0) + 1);
    }
    cursor = page.next ?? '';
  } while (cursor);
  return seen;
}

const complete = (alerts: string[]): boolean =>
  alerts.length === USERS && alerts.every((alert) => alert.includes(`,${LINES / USERS},`));

it('is the built server, with its console', async () => {
  const page = await fetch(server.url);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('<script type="module"');
});

it('loses nothing that it acknowledged, doubles nothing, and raises the same alerts', async () => {
  const calm = await aPlant('Calm');
  await sendAll(calm, () => undefined);
  const expected = await eventually(() => alertsOf(admin, calm.tenant, ['h']), complete, 60_000);

  const shaken = await aPlant('Shaken');
  let restarted = Promise.resolve();
  const taken = await sendAll(shaken, (index) => {
    if (index === 40 || index === 70) restarted = restarted.then(killAndStart);
  });
  await restarted;
  const acknowledged = [...taken].flatMap((index) => Array.from({ length: CHUNK }, (_, n) => `t${index * CHUNK + n}`));
  acknowledged.push(...Array.from({ length: LINES }, (_, n) => `h${n}`));
  let seen = new Map<string, number>();
  const missing = async (): Promise<number> => {
    seen = await found(shaken);
    return acknowledged.filter((key) => !seen.has(key)).length;
  };
  await eventually(missing, (count) => count === 0, 60_000);
  expect(acknowledged.length).toBeGreaterThan(LINES * 1.5);
  expect([...seen].filter(([, times]) => times !== 1)).toEqual([]);
  expect(await eventually(() => alertsOf(admin, shaken.tenant, ['h']), complete, 60_000)).toEqual(expected);
  // The ledger's flush is behind by a second at most.
  const counts = await eventually(
    () => countsOf(admin, shaken.tenant),
    (sources) => sources.reduce((sum, { indexed, duplicates }) => sum + indexed + duplicates, 0) >= seen.size,
  );
  for (const { received, indexed, duplicates, deadLettered, spooled } of counts)
    expect(received).toBe(indexed + duplicates + deadLettered + spooled);
}, 300_000);
