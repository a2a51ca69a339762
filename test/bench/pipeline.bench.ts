import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { benchLine } from '#test/bench/lines.js';
import {
  ask,
  bodiesOf,
  childOf,
  countOf,
  documentsOf,
  elasticsearchCpu,
  makeIndex,
  processCpu,
  sendBodies,
} from '#test/bench/elasticsearch.js';
import { stageCosts } from '#test/bench/stages.js';
import { freePort } from '#test/support/app.js';
import { listening } from '#test/support/listening.js';
import { aServerProcess, type ServerProcess } from '#test/support/server-process.js';

/**
 * From 50 TCP sources of 10 tenants to searchable and matched, against raw `_bulk` of the same documents with the same
 * mapping, in turns. The last line of the output is one JSON object.
 */
const TENANTS = 10;
const SOURCES = 5;
const WARM_UP = Number(process.env['BENCH_WARM_UP'] ?? 60_000);
const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 150_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const CHUNK_LINES = 400;

interface Figures {
  /** Events a second until the last one is found. */
  rate: number;
  serverCpu: number;
  elasticsearchCpu: number;
}

const server = await aServerProcess();
try {
  const result = await run(server, await childOf(process.pid));
  console.log(JSON.stringify(result));
} finally {
  await server.remove();
  await ask('DELETE', '/bench-raw-*').catch(() => undefined);
}

async function run(plant: ServerProcess, pid: number): Promise<object> {
  const before = new Set(await eventIndices());
  const ports = await sources(plant);
  console.log(`warming up with ${WARM_UP} events`);
  await pipelineRound(pid, ports, { from: 0, count: WARM_UP, total: WARM_UP }, before);
  const own = (await eventIndices()).filter((name) => !before.has(name));
  const documents = new Map<string, Awaited<ReturnType<typeof documentsOf>>>();
  for (const name of own) documents.set(name, await documentsOf(name, Math.ceil(EVENTS / TENANTS)));
  await rawRound(documents, 'warm');
  const pipeline: Figures[] = [];
  const raw: Figures[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = WARM_UP + round * EVENTS;
    pipeline.push(await pipelineRound(pid, ports, { from, count: EVENTS, total: from + EVENTS }, before));
    raw.push(await rawRound(documents, String(round)));
    console.log(`round ${round + 1}: pipeline ${show(pipeline.at(-1))}; raw _bulk ${show(raw.at(-1))}`);
  }
  const stages = stageCosts(Array.from({ length: 50_000 }, (_, n) => benchLine(n, new Date())));
  const [ours, theirs] = [median(pipeline), median(raw)];
  const { items: rules } = await plant.administrator.get<{ items: unknown[] }>('/rules');
  return {
    bench: 'pipeline',
    ratio: Math.round((ours.rate / theirs.rate) * 1000) / 1000,
    eventsPerSecond: Math.round(ours.rate),
    rawBulkPerSecond: Math.round(theirs.rate),
    microsecondsPerEvent: {
      server: ours.serverCpu,
      elasticsearch: ours.elasticsearchCpu,
      elasticsearchRaw: theirs.elasticsearchCpu,
    },
    stages,
    rules: rules.length,
    events: EVENTS,
    rounds: ROUNDS,
  };
}

async function eventIndices(): Promise<string[]> {
  const rows = await ask<{ index: string }[]>('GET', '/_cat/indices/pw-events-*?format=json&h=index');
  return rows.map(({ index }) => index);
}

async function sources({ administrator }: ServerProcess): Promise<number[]> {
  const ports: number[] = [];
  for (let t = 0; t < TENANTS; t++) {
    const { id: tenant } = await administrator.post('/tenants', { name: `Bench ${t}`, timeZone: 'Etc/UTC' });
    const { id: siteId } = await administrator.post('/sites', { tenant, name: 'Site' });
    for (let s = 0; s < SOURCES; s++) {
      const listenPort = await freePort();
      const source = { tenant, siteId, kind: 'syslog-tcp', name: `source ${s}`, timeZone: 'Etc/UTC', listenPort };
      await administrator.post('/log-sources', source);
      ports.push(listenPort);
    }
  }
  for (const port of ports) await listening(port);
  return ports;
}

interface Load {
  from: number;
  count: number;
  /** Events that there are when all of these have arrived. */
  total: number;
}

async function pipelineRound(
  pid: number,
  ports: readonly number[],
  load: Load,
  others: ReadonlySet<string>,
): Promise<Figures> {
  const at = new Date();
  const each = load.count / ports.length;
  const bodies = ports.map((_, p) =>
    Array.from({ length: each }, (_line, n) => `${benchLine(load.from + p * each + n, at)}\n`),
  );
  const mine = async (): Promise<string> => (await eventIndices()).filter((name) => !others.has(name)).join();
  return figures(pid, load.count, async () => {
    await Promise.all(ports.map((port, p) => sendLines(port, bodies[p] ?? [])));
    for (let found = 0; found < load.total;) {
      await pause(100);
      const indices = await mine();
      found = indices === '' ? 0 : await countOf(indices);
    }
  });
}

async function sendLines(port: number, lines: readonly string[]): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  for (let at = 0; at < lines.length; at += CHUNK_LINES) {
    if (!socket.write(lines.slice(at, at + CHUNK_LINES).join(''))) await once(socket, 'drain');
  }
  socket.end().resume();
  await once(socket, 'close');
}

async function rawRound(
  documents: ReadonlyMap<string, Awaited<ReturnType<typeof documentsOf>>>,
  round: string,
): Promise<Figures> {
  const names = [...documents.keys()].map((_, at) => `bench-raw-${round}-${at}`);
  for (const name of names) await makeIndex(name);
  const bodies = [...documents.values()].flatMap((list, at) => bodiesOf(names[at] ?? '', list));
  const count = [...documents.values()].reduce((sum, list) => sum + list.length, 0);
  const result = await figures(process.pid, count, async () => {
    await sendBodies(bodies);
    while ((await countOf(`bench-raw-${round}-*`)) < count) await pause(100);
  });
  await ask('DELETE', `/${names.join()}`);
  return result;
}

async function figures(pid: number, count: number, work: () => Promise<void>): Promise<Figures> {
  const [server, elastic, start] = [await processCpu(pid), await elasticsearchCpu(), performance.now()];
  await work();
  const seconds = (performance.now() - start) / 1000;
  const each = (total: number): number => Math.round((total / count) * 10) / 10;
  return {
    rate: count / seconds,
    serverCpu: each((await processCpu(pid)) - server),
    elasticsearchCpu: each((await elasticsearchCpu()) - elastic),
  };
}

function median(rounds: readonly Figures[]): Figures {
  const sorted = rounds.toSorted((a, b) => a.rate - b.rate);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('No round was run.');
  return middle;
}

function show(round: Figures | undefined): string {
  return `${Math.round(round?.rate ?? 0)} events/s, ${round?.serverCpu} µs own, ${round?.elasticsearchCpu} µs Elasticsearch`;
}
