import { readdirSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { benchRules } from '#test/bench/bench-rules.js';
import { found, searchable, untilSearchable } from '#test/bench/elasticsearch.js';
import { latencyAt } from '#test/bench/latency.js';
import { linesFor, sendAll, SOURCES, tcpSources } from '#test/bench/load.js';
import { aServerProcess, memoryOf, type ServerProcess } from '#test/support/server-process.js';

/**
 * A long run at a part of what the pipeline can take: memory and open handles of the server have to be flat after the
 * warm-up, and no line may be missing. The last line of the output is one JSON object; the exit code is 1 when they are not.
 */
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 30);
const LOAD = 0.7;
/** Of the time. */
const WARM_UP = 1 / 6;
/** By how much the second half after the warm-up may be above the first. */
const GROWTH = 0.05;
const BURST = 200_000;
const RULES = 170;
const SAMPLE_MS = 5000;
const EVENT_INDICES = 'pw-events-*';

interface Sample {
  memory: number;
  handles: number;
}

const rules = benchRules(RULES);
const server = await aServerProcess({ env: { RULES_FOLDER: rules } });
try {
  const result = await run(server);
  console.log(JSON.stringify(result));
  if (!result.flat || result.missing > 0) process.exitCode = 1;
} finally {
  await server.remove();
  rmSync(rules, { recursive: true });
}

async function run(plant: ServerProcess): Promise<Record<string, unknown> & { flat: boolean; missing: number }> {
  const targets = await tcpSources(plant);
  await burst(0);
  const rate = Math.round(LOAD * (await burst(1)));
  const { indices } = await found(
    EVENT_INDICES,
    targets.slice(0, SOURCES).map(({ id }) => id),
  );
  console.log(`${rate} events/s for ${MINUTES} minutes`);
  const samples: Sample[] = [];
  const stop = new AbortController();
  const sampling = watch(plant, samples, stop.signal);
  const latency = await latencyAt(rate, {
    administrator: plant.administrator,
    targets,
    seconds: MINUTES * 60,
    watched: SOURCES,
    found: () => searchable(indices.join()),
  });
  stop.abort();
  await sampling;
  const warm = samples.slice(Math.ceil(samples.length * WARM_UP));
  const halves = [warm.slice(0, warm.length / 2), warm.slice(warm.length / 2)] as const;
  const of = (key: keyof Sample): number[] => halves.map((half) => median(half.map((sample) => sample[key])));
  const [memory, handles] = [of('memory'), of('handles')];
  const growth = [memory, handles].map(([first = NaN, second = NaN]) => second / first - 1);
  return {
    bench: 'soak',
    ratio: Math.round((memory[0]! / memory[1]!) * 1000) / 1000,
    minutes: MINUTES,
    eventsPerSecond: rate,
    memoryMiB: { halves: memory.map(mib), most: mib(Math.max(...samples.map((sample) => sample.memory))) },
    handles: { halves: handles, most: Math.max(...samples.map((sample) => sample.handles)) },
    latencyMs: latency,
    flat: growth.every((part) => part < GROWTH),
    missing: await missingLines(plant),
  };

  /** @returns events a second */
  async function burst(n: number): Promise<number> {
    const lines = linesFor(targets, { from: n * BURST, count: BURST });
    const began = performance.now();
    await sendAll(targets, lines);
    await untilSearchable(EVENT_INDICES, (n + 1) * BURST);
    return BURST / ((performance.now() - began) / 1000);
  }
}

async function watch(plant: ServerProcess, samples: Sample[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    samples.push({ memory: memoryOf(plant), handles: readdirSync(`/proc/${plant.pid()}/fd`).length });
    await pause(SAMPLE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Lines that were accepted and are not among the events, after a while for what is on its way. */
async function missingLines({ administrator }: ServerProcess): Promise<number> {
  interface Rows {
    items: { received: number; indexed: number }[];
  }
  for (let attempt = 0; ; attempt++) {
    const { items } = await administrator.get<Rows>('/intake');
    const [received, indexed] = (['received', 'indexed'] as const).map((key) =>
      items.reduce((sum, row) => sum + row[key], 0),
    );
    const missing = received! - indexed!;
    if (attempt > 60 || (missing === 0 && (await searchable(EVENT_INDICES)) === indexed)) return missing;
    await pause(1000);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function mib(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
