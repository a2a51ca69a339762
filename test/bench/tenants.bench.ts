import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Rest } from '#apps/server/demo/rest.js';
import { benchRules } from '#test/bench/bench-rules.js';
import {
  ask,
  childOf,
  EVENT_INDICES,
  found,
  nodeStats,
  processCpu,
  searchable,
  untilSearchable,
} from '#test/bench/elasticsearch.js';
import { latencyAt, type Latency, type Target } from '#test/bench/latency.js';
import { benchLine } from '#test/bench/lines.js';
import { median, mib } from '#test/bench/numbers.js';
import { freePort } from '#test/support/app.js';
import { listening } from '#test/support/listening.js';
import { aServerProcess, memoryOf, type ServerProcess } from '#test/support/server-process.js';

/**
 * The same load from few tenants and from many, and one tenant that floods beside others that do not. The last line of
 * the output is one JSON object; `ratio` is the rate of many tenants over that of few.
 */
const FEW = 10;
const MANY = Number(process.env['BENCH_TENANTS'] ?? 1000);
/** Share of tenants with indices of their own. */
const DEDICATED = 0.1;
const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 100_000);
const ROUNDS = 3;
const LINES_A_BODY = 100;
const LANES = 8;
const RULES = 170;
/** Of the tenant that floods, at twenty times this. */
const QUOTA = 200;
const FLOOD = 20;
const OTHERS = 9;
const OTHERS_RATE = 500;
const SECONDS = 30;

interface Sender {
  tenant: string;
  siteId: string;
  token: string;
}

const rules = benchRules(RULES);
const server = await aServerProcess({ env: { RULES_FOLDER: rules } });
try {
  console.log(JSON.stringify(await run(server, await childOf(process.pid))));
} finally {
  await server.remove();
  rmSync(rules, { recursive: true });
}

async function run(plant: ServerProcess, pid: number): Promise<object> {
  console.log(`making ${MANY} tenants`);
  const senders: Sender[] = [];
  for (let n = 0; n < MANY; n++) senders.push(await aSender(plant.administrator, n));
  const few = senders.slice(0, FEW);
  for (const group of [few, senders]) await round(plant, group);
  const rates = { few: [] as number[], many: [] as number[] };
  const requests = { few: 0, many: 0 };
  for (let n = 0; n < ROUNDS; n++) {
    for (const [name, group] of [
      ['few', few],
      ['many', senders],
    ] as const) {
      const before = (await nodeStats()).writes;
      rates[name].push(await round(plant, group));
      requests[name] += (await nodeStats()).writes - before;
    }
    console.log(`round ${n + 1}: ${FEW} tenants ${rates.few.at(-1)} events/s, ${MANY} tenants ${rates.many.at(-1)}`);
  }
  const cpu = await processCpu(pid);
  const memory = { server: mib(memoryOf(plant)), elasticsearchHeap: mib((await nodeStats()).heap) };
  const flood = await flooded(plant, few);
  const [ofFew, ofMany] = [median(rates.few), median(rates.many)];
  interface Stats {
    _shards: { total: number };
  }
  const { _shards: shards } = await ask<Stats>('GET', `/${EVENT_INDICES}/_stats/docs?filter_path=_shards`);
  return {
    bench: 'tenants',
    ratio: Math.round((ofMany / ofFew) * 1000) / 1000,
    eventsPerSecond: { few: ofFew, many: ofMany },
    tenants: { few: FEW, many: MANY },
    shards: shards.total,
    /** Of one request to one shard. */
    eventsPerRequest: {
      few: Math.round((ROUNDS * EVENTS) / requests.few),
      many: Math.round((ROUNDS * EVENTS) / requests.many),
    },
    memoryMiB: memory,
    serverCpuSeconds: Math.round(cpu / 1e6),
    flood,
  };
}

async function aSender(admin: Rest, n: number): Promise<Sender> {
  const placement = n < Math.max(FEW, MANY * DEDICATED) ? 'dedicated' : 'pool';
  const { id: tenant } = await admin.post('/tenants', { name: `Tenant ${n}`, timeZone: 'Etc/UTC', placement });
  const { id: siteId } = await admin.post('/sites', { tenant, name: 'Site' });
  const source = { tenant, siteId, kind: 'ndjson', name: 'http', timeZone: 'Etc/UTC' };
  const { token } = await admin.post<{ token: string }>('/log-sources', source);
  return { tenant, siteId, token };
}

/** Events a second, from the first one sent until all of them are found. */
async function round(plant: ServerProcess, senders: readonly Sender[]): Promise<number> {
  const before = await searchable(EVENT_INDICES);
  const began = performance.now();
  const bodies = Array.from({ length: EVENTS / LINES_A_BODY }, (_, n) => n).values();
  const lane = async (): Promise<void> => {
    for (const n of bodies) await post(plant, senders[n % senders.length]!, n * LINES_A_BODY);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await untilSearchable(EVENT_INDICES, before + EVENTS);
  return Math.round(EVENTS / ((performance.now() - began) / 1000));
}

async function post(plant: ServerProcess, { token }: Sender, from: number): Promise<void> {
  const at = new Date();
  const lines = Array.from({ length: LINES_A_BODY }, (_, n) => JSON.stringify({ message: benchLine(from + n, at) }));
  const answer = await fetch(`http://127.0.0.1:${plant.collectorPort}/ndjson`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** How long the events of others take, without and beside a tenant that sends far more than its quota. */
async function flooded(plant: ServerProcess, few: readonly Sender[]): Promise<object> {
  const targets: Target[] = [];
  for (const sender of few) targets.push(await aTarget(plant, sender));
  const [flooder, ...others] = targets;
  if (!flooder) throw new Error('There is no tenant.');
  await plant.administrator.patch(`/tenants/${flooder.tenant}`, { eventsPerSecond: QUOTA });
  await pause(2000);
  const sources = others.map(({ id }) => id);
  const options = {
    administrator: plant.administrator,
    targets: others.slice(0, OTHERS),
    seconds: SECONDS,
    watched: OTHERS,
    found: async () => (await found(EVENT_INDICES, sources)).count,
  };
  const calm = await latencyAt(OTHERS_RATE, options);
  const stop = pourInto(flooder.port);
  const beside = await latencyAt(OTHERS_RATE, options);
  stop();
  const { items } = await plant.administrator.get<{ items: { sourceId: string; throttled: number }[] }>('/intake');
  const refused = items
    .filter(({ sourceId }) => sources.includes(sourceId))
    .reduce((sum, row) => sum + row.throttled, 0);
  const p99 = (latency: Latency): number => latency.searchable.p99;
  return {
    quota: QUOTA,
    times: FLOOD,
    calm,
    beside,
    p99Ratio: Math.round((p99(beside) / p99(calm)) * 100) / 100,
    othersRefused: refused,
  };
}

async function aTarget(plant: ServerProcess, { tenant, siteId }: Sender): Promise<Target> {
  const listenPort = await freePort();
  const source = { tenant, siteId, kind: 'syslog-tcp', name: 'tcp', timeZone: 'Etc/UTC', listenPort };
  const { id } = await plant.administrator.post('/log-sources', source);
  await listening(listenPort);
  return { id, port: listenPort, tenant };
}

/** Twenty times the quota, as far as it is taken. */
function pourInto(port: number): () => void {
  const socket = connect({ port, host: '127.0.0.1' });
  let n = 0;
  const timer = setInterval(() => {
    if (socket.writableLength > 2 ** 24) return;
    const at = new Date();
    const lines = Array.from({ length: (QUOTA * FLOOD) / 10 }, () => `${benchLine(n++, at)}\n`);
    socket.write(lines.join(''));
  }, 100);
  socket.on('error', () => undefined).resume();
  return () => {
    clearInterval(timer);
    socket.destroy();
  };
}
