import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendNdjson, sendTcp, sendUdp } from '#apps/server/demo/senders.js';
import type { SourceKind } from '#customers/source-endpoint.js';
import { keptEvents } from '#test/chaos/audit.js';
import { aCustomer, aSender, type TestSender } from '#test/factories/sender.js';
import { eventually } from '#test/support/eventually.js';
import { aServerProcess, type ServerProcess } from '#test/support/server-process.js';

const SENDERS = 40;
const LINES = 25;

let server: ServerProcess;
let senders: Record<'tcp' | 'udp' | 'http', TestSender>;

beforeAll(async () => {
  server = await aServerProcess({
    roles: { all: 'api,worker,scheduler,collector', c2: 'collector' },
    env: { COLLECTORS_SHARE_PORTS: '1' },
  });
  const customer = await aCustomer(server.administrator, 'Two collectors');
  const make = (kind: SourceKind): Promise<TestSender> => aSender(server.administrator, customer, kind);
  senders = { tcp: await make('syslog-tcp'), udp: await make('syslog-udp'), http: await make('ndjson') };
  await eventually(
    () => Promise.resolve([opened('tcp', senders.tcp.port), opened('udp', senders.udp.port)]),
    (counts) => counts.every((count) => count === 2),
  );
});
afterAll(() => server.remove());

/** How many sockets wait on the port, by the kernel's word. */
function opened(protocol: 'tcp' | 'udp', port: number): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const waiting = protocol === 'tcp' ? '0A' : '07';
  return readFileSync(`/proc/net/${protocol}`, 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([, address, , state]) => address?.endsWith(local) && state === waiting).length;
}

async function events(sources: readonly string[]): Promise<{ id: string; original: string }[]> {
  const kept = [];
  for await (const event of keptEvents(sources)) kept.push(event);
  return kept;
}

it('two collectors share ports: both take lines of every kind, and each line is kept once, in its sender’s order', async () => {
  const lines = (way: string, n: number): string[] =>
    Array.from({ length: LINES }, (_, at) => `<14>1 - host app - - - ${way} ${n} ${at}`);
  const url = `http://127.0.0.1:${server.collectorPort}`;
  const ways = {
    tcp: (rows: string[]) => sendTcp(senders.tcp.port, '127.0.0.1', rows),
    udp: (rows: string[]) => sendUdp(senders.udp.port, '127.0.0.1', rows),
    http: (rows: string[]) =>
      sendNdjson(
        url,
        senders.http.token,
        rows.map((message) => JSON.stringify({ message })),
      ),
  };
  for (const [way, send] of Object.entries(ways))
    await Promise.all(Array.from({ length: SENDERS }, (_, n) => send(lines(way, n))));
  const sources = Object.values(senders).map(({ id }) => id);
  const kept = await eventually(
    () => events(sources),
    (found) => found.length >= 3 * SENDERS * LINES,
  );
  expect(kept).toHaveLength(3 * SENDERS * LINES);
  const bySender = Map.groupBy(
    kept.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ({ original }) => /(?:tcp|udp|http) \d+/.exec(original)?.[0] ?? '',
  );
  for (const [sender, own] of bySender) {
    const order = own.map(({ original }) => Number(/ (\d+)"?\}?$/.exec(original)?.[1]));
    expect(order, sender).toEqual(Array.from({ length: LINES }, (_, at) => at));
  }
  for (const way of Object.keys(ways)) {
    const takers = new Set(
      [...bySender].filter(([sender]) => sender.startsWith(way)).map(([, [event]]) => event?.id.split('-')[0]),
    );
    expect([...takers].toSorted(), way).toEqual(['c1', 'c2']);
  }
});
