import { createReadStream } from 'node:fs';
import { eachEvent } from './events.js';
import { reportLine } from './exit.js';
import { loadRules, type RulesOptions } from './load-rules.js';
import { Output } from './output.js';

export interface MatchOptions extends RulesOptions {
  events: string;
}

export const CHUNK = 1 << 20;

/** Tries every rule on every event; what cannot be used is said on standard error and left out. */
export async function matchRules(options: MatchOptions): Promise<void> {
  const rules = await loadRules(options);
  const heads = new Map([...rules.rules.keys()].map((id) => [id, `{"rule":${JSON.stringify(id)},"line":`]));
  const output = new Output();
  let broken = 0;
  await eachEvent(createReadStream(options.events, { highWaterMark: CHUNK }), {
    event(event, line) {
      for (const { id } of rules.match(event)) output.add(`${heads.get(id)}${line}}`);
    },
    broken(line, reason) {
      broken++;
      reportLine(line, reason);
    },
    pause: () => output.flush(),
  });
  if (broken > 0) console.error(`${broken} lines were left out`);
}
