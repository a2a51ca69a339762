import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { eachEvent } from './events.js';
import { compileRules } from './load-rules.js';
import type { Compiled, Matched } from './match-jobs.js';
import { CHUNK, type MatchOptions } from './match-options.js';
import type { Segment } from './segments.js';

const options = workerData as MatchOptions;
const port = parentPort!;
const { ruleset, errors } = await compileRules(options);
port.postMessage({ ids: [...ruleset.rules.keys()], errors } satisfies Compiled);

/** Lines count from 1 within the segment. */
async function matchSegment({ start, end }: Segment): Promise<Matched> {
  const matched: Matched = { lines: 0, hits: [], broken: [] };
  const chunks = createReadStream(options.events, { start, end: end - 1, highWaterMark: CHUNK });
  matched.lines = await eachEvent(chunks, {
    event(event, line) {
      for (const { index } of ruleset.match(event)) matched.hits.push([index, line]);
    },
    broken: (line, reason) => void matched.broken.push([line, reason]),
  });
  return matched;
}

let last = Promise.resolve();
port.on('message', (segment: Segment) => {
  last = last.then(async () => port.postMessage(await matchSegment(segment)));
});
