import { createReadStream } from 'node:fs';
import { eachEvent } from './events.js';
import { reportLine } from './exit.js';
import { loadRules } from './load-rules.js';
import { CHUNK, type MatchOptions } from './match-options.js';

const SECOND = 1e6;
const MIB = 1024 * 1024;

/** Microseconds of CPU that this process has used, in all its threads. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

const perSecond = (count: number, microseconds: number): number =>
  Math.round((count * SECOND) / Math.max(1, microseconds));

/** Measures how fast the rules go over the events; a chunk of events is parsed first, so that matching is timed alone. */
export async function benchRules(options: MatchOptions & { format: 'text' | 'json' }): Promise<void> {
  const started = performance.now();
  const { ruleset } = await loadRules(options);
  const loadMs = Math.round(performance.now() - started);
  const begun = cpuTime();
  let [events, matches, matching] = [0, 0, 0];
  let held: object[] = [];
  const matchHeld = (): void => {
    const from = cpuTime();
    for (const event of held) matches += ruleset.match(event).length;
    matching += cpuTime() - from;
    events += held.length;
    held = [];
  };
  await eachEvent(createReadStream(options.events, { highWaterMark: CHUNK }), {
    event: (event) => void held.push(event),
    broken: reportLine,
    pause: async () => matchHeld(),
  });
  const measured = {
    rules: ruleset.rules.size,
    load_ms: loadMs,
    events,
    matches,
    matched_per_cpu_second: perSecond(events, matching),
    read_and_matched_per_cpu_second: perSecond(events, cpuTime() - begun),
    peak_memory_mib: Math.round((process.resourceUsage().maxRSS * 1024) / MIB),
  };
  if (options.format === 'json') console.log(JSON.stringify(measured));
  else
    for (const [name, value] of Object.entries(measured))
      console.log(`${name.replaceAll('_', ' ').padEnd(34)}${value}`);
}
