import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { EVENT_INDICES, found, searchable } from '#test/bench/elasticsearch.js';
import { latencyAt, type Latency, type Target } from '#test/bench/latency.js';
import { SOURCES } from '#test/bench/load.js';
import { median } from '#test/bench/numbers.js';
import { memoryOf, type ServerProcess } from '#test/support/server-process.js';

const SAMPLES = 360;
/** Of the time. */
const WARM_UP = 1 / 6;

interface Sample {
  /** Resident, in bytes. */
  memory: number;
  /** Open files and sockets. */
  handles: number;
}

export interface Soaked {
  /** After the warm-up: the median of the first half, the median of the second, and the most ever. */
  memory: [number, number, number];
  handles: [number, number, number];
  latency: Latency;
  /** Lines that were accepted and are not among the events. */
  missing: number;
}

/** A steady load of events a second, and what it leaves in the server. */
export async function soak(
  plant: ServerProcess,
  targets: readonly Target[],
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Soaked> {
  const sources = targets.map(({ id }) => id);
  const { indices } = await found(EVENT_INDICES, sources.slice(0, SOURCES));
  const samples: Sample[] = [];
  const stop = new AbortController();
  const sampling = watch(plant, samples, { every: (seconds * 1000) / SAMPLES, signal: stop.signal });
  const latency = await latencyAt(rate, {
    administrator: plant.administrator,
    targets,
    seconds,
    watched: SOURCES,
    found: () => searchable(indices.join()),
  });
  stop.abort();
  await sampling;
  const course = (key: keyof Sample): [number, number, number] => {
    const warm = samples.slice(Math.ceil(samples.length * WARM_UP)).map((sample) => sample[key]);
    const middle = warm.length / 2;
    return [median(warm.slice(0, middle)), median(warm.slice(middle)), Math.max(...samples.map((one) => one[key]))];
  };
  return { memory: course('memory'), handles: course('handles'), latency, missing: await missingLines(plant, sources) };
}

async function watch(
  plant: ServerProcess,
  samples: Sample[],
  { every, signal }: { every: number; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    samples.push({ memory: memoryOf(plant), handles: readdirSync(`/proc/${plant.pid()}/fd`).length });
    await pause(every, undefined, { signal }).catch(() => undefined);
  }
}

/** After a while for what is on its way. */
async function missingLines({ administrator }: ServerProcess, sources: readonly string[]): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const { items } = await administrator.get<{ items: { received: number }[] }>('/intake');
    const received = items.reduce((sum, row) => sum + row.received, 0);
    const missing = received - (await found(EVENT_INDICES, sources)).count;
    if (missing === 0 || attempt > 60) return missing;
    await pause(1000);
  }
}
