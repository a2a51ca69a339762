import { rmSync } from 'node:fs';
import { benchRules } from '#test/bench/bench-rules.js';
import { EVENT_INDICES, untilSearchable } from '#test/bench/elasticsearch.js';
import { linesFor, sendAll, tcpSources } from '#test/bench/load.js';
import { mib } from '#test/bench/numbers.js';
import { soak } from '#test/bench/soaking.js';
import { aServerProcess, type ServerProcess } from '#test/support/server-process.js';

/**
 * A long run at a part of what the pipeline can take: memory and open handles of the server have to be flat after the
 * warm-up, and no line may be missing. The last line of the output is one JSON object; the exit code is 1 when they are not.
 */
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 30);
const LOAD = 0.7;
/** By how much the second half after the warm-up may be above the first. */
const GROWTH = 0.05;
const BURST = 200_000;
const RULES = 170;

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
  console.log(`${rate} events/s for ${MINUTES} minutes`);
  const { memory, handles, latency, missing } = await soak(plant, targets, { rate, seconds: MINUTES * 60 });
  return {
    bench: 'soak',
    ratio: Math.round((memory[0] / memory[1]) * 1000) / 1000,
    minutes: MINUTES,
    eventsPerSecond: rate,
    memoryMiB: { halves: [mib(memory[0]), mib(memory[1])], most: mib(memory[2]) },
    handles: { halves: handles.slice(0, 2), most: handles[2] },
    latencyMs: latency,
    flat: [memory, handles].every(([first, second]) => second / first - 1 < GROWTH),
    missing,
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
