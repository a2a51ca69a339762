import { createReadStream } from 'node:fs';
import { eachEvent } from './events.js';
import { reportLine } from './exit.js';
import { loadRules } from './load-rules.js';
import { matchInThreads } from './match-jobs.js';
import { CHUNK, matchLine, type MatchOptions } from './match-options.js';
import { Output } from './output.js';

/** Tries every rule on every event; what cannot be used is said on standard error and left out. */
export async function matchRules(options: MatchOptions): Promise<void> {
  const { jobs = 1 } = options;
  const broken = await (jobs > 1 ? matchInThreads(options, jobs) : matchHere(options));
  if (broken > 0) console.error(`${broken} lines were left out`);
}

async function matchHere(options: MatchOptions): Promise<number> {
  const { ruleset } = await loadRules(options);
  const output = new Output();
  let broken = 0;
  await eachEvent(createReadStream(options.events, { highWaterMark: CHUNK }), {
    event(event, line) {
      for (const { id } of ruleset.match(event)) output.add(matchLine(id, line));
    },
    broken(line, reason) {
      broken++;
      reportLine(line, reason);
    },
    pause: () => output.flush(),
  });
  return broken;
}
