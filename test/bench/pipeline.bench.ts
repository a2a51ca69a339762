import { globSync, readFileSync, rmSync } from 'node:fs';
import { benchRules } from '#test/bench/bench-rules.js';
import { benchLine } from '#test/bench/lines.js';
import {
  EVENT_INDICES,
  ask,
  bodiesOf,
  childOf,
  documentsOf,
  elasticsearchCpu,
  found,
  makeIndex,
  processCpu,
  searchable,
  sendBodies,
  untilSearchable,
} from '#test/bench/elasticsearch.js';
import { latencyAt, type Target } from '#test/bench/latency.js';
import { linesFor, sendAll, SOURCES, tcpSources, TENANTS } from '#test/bench/load.js';
import { stageCosts } from '#test/bench/stages.js';
import { aServerProcess, type ServerProcess } from '#test/support/server-process.js';

/**
 * From 50 TCP sources of 10 tenants to searchable and matched, against raw `_bulk` of the same documents with the same
 * mapping, in turns. The last line of the output is one JSON object.
 */
const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 600_000);
/** The warm-up's events are the documents of the raw rounds: as many as a round has. */
const WARM_UP = EVENTS;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const RULES = 200;
const SHIPPED = globSync('rules/*/*.yml', { exclude: ['**/*.fixtures.yml', 'rules/pipelines/**'] })
  .map((file) => readFileSync(file, 'utf8').split(/^---$/m).length)
  .reduce((sum, documents) => sum + documents, 0);
const LATENCY_SECONDS = 30;

interface Figures {
  /** Events a second until the last one is found. */
  rate: number;
  serverCpu: number;
  elasticsearchCpu: number;
}

const rules = benchRules(RULES - SHIPPED);
const server = await aServerProcess({ env: { RULES_FOLDER: rules } });
try {
  const result = await run(server, await childOf(process.pid));
  console.log(JSON.stringify(result));
} finally {
  await server.remove();
  rmSync(rules, { recursive: true });
}

async function run(plant: ServerProcess, pid: number): Promise<object> {
  const targets = await tcpSources(plant);
  console.log(`warming up with ${WARM_UP} events`);
  await pipelineRound(pid, targets, { from: 0, count: WARM_UP });
  const own = (await found(EVENT_INDICES, idsOf(targets))).indices;
  const documents = new Map<string, Awaited<ReturnType<typeof documentsOf>>>();
  for (const name of own) documents.set(name, await documentsOf(name, Math.ceil(EVENTS / TENANTS)));
  for (const [, name] of rawNames(documents)) await makeIndex(name);
  await rawRound(documents, 0);
  const pipeline: Figures[] = [];
  const raw: Figures[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = WARM_UP + round * EVENTS;
    pipeline.push(await pipelineRound(pid, targets, { from, count: EVENTS }));
    raw.push(await rawRound(documents, round + 1));
    console.log(`round ${round + 1}: pipeline ${show(pipeline.at(-1))}; raw _bulk ${show(raw.at(-1))}`);
  }
  const { indices } = await found(EVENT_INDICES, idsOf(targets.slice(0, SOURCES)));
  const half = {
    administrator: plant.administrator,
    targets,
    seconds: LATENCY_SECONDS,
    // An analyst looks at one customer.
    watched: SOURCES,
    found: () => searchable(indices.join()),
  };
  const latency = await latencyAt(median(pipeline).rate / 2, half);
  await ask('DELETE', `/${[...own, ...rawNames(documents).map(([, name]) => name)].join()}`);
  const stages = await stageCosts(Array.from({ length: 50_000 }, (_, n) => benchLine(n, new Date())));
  const [ours, theirs] = [median(pipeline), median(raw)];
  const { items: active } = await plant.administrator.get<{ items: unknown[] }>('/rules');
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
    latencyMs: latency,
    rules: active.length,
    events: EVENTS,
    rounds: ROUNDS,
  };
}

function idsOf(targets: readonly Target[]): string[] {
  return targets.map(({ id }) => id);
}

async function pipelineRound(
  pid: number,
  targets: readonly Target[],
  load: { from: number; count: number },
): Promise<Figures> {
  const bodies = linesFor(targets, load);
  return figures(pid, load.count, async () => {
    await sendAll(targets, bodies);
    await untilSearchable(EVENT_INDICES, load.from + load.count);
  });
}

type Documents = ReadonlyMap<string, Awaited<ReturnType<typeof documentsOf>>>;

/** For each index of ours the one that raw `_bulk` writes to: both grow from round to round. */
function rawNames(documents: Documents): [string, string][] {
  return [...documents.keys()].map((own, at) => [own, `bench-${process.pid}-${at}`]);
}

/** The documents once more, under ids of this round. */
async function rawRound(documents: Documents, round: number): Promise<Figures> {
  const names = rawNames(documents);
  const bodies = names.flatMap(([own, name]) => bodiesOf(name, documents.get(own) ?? [], `${round}-`));
  const count = [...documents.values()].reduce((sum, list) => sum + list.length, 0);
  return figures(process.pid, count, async () => {
    await sendBodies(bodies);
    await untilSearchable(names.map(([, name]) => name).join(), count * (round + 1));
  });
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
