import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compileRuleset, type Ruleset } from '#engine/ruleset.js';
import { CORPORA, type Corpus } from '#test/bench/sigma-corpus.js';
import { median, round2 } from '#test/bench/numbers.js';
import { documentsOf, matchAll, parseOnly, spent } from '#test/bench/sigma-measure.js';
import { runPeer, type PeerFigures } from '#test/bench/sigma-peer.js';

/** Measures one set, in a process of its own as its peer is: `sigma-set.ts NAME EVENTS ROUNDS [PEER]`. Prints JSON. */
const [name = '', events, rounds, peer] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'plantwatch-bench-'));
try {
  console.log(JSON.stringify(await measure(CORPORA[name]!(Number(events)), Number(rounds))));
} finally {
  rmSync(folder, { recursive: true });
}

async function measure({ rules, lines }: Corpus, count: number): Promise<object> {
  const [ruleFile, eventFile] = ['rules.yml', 'events.ndjson'].map((file) => path.join(folder, file));
  writeFileSync(ruleFile!, rules);
  writeFileSync(eventFile!, `${lines.join('\n')}\n`);
  const { ruleset, ...load } = loaded(rules);
  matchAll(ruleset, lines.slice(0, lines.length / 10));
  const own: number[] = [];
  const theirs: PeerFigures[] = [];
  let matches = 0;
  for (let round = 0; round < count; round++) {
    const from = process.cpuUsage();
    matches = matchAll(ruleset, lines);
    own.push(spent(from) / lines.length);
    if (peer) theirs.push(await runPeer(peer, ruleFile!, eventFile!));
  }
  const microseconds = median(own);
  const other = median(theirs.map(({ microsecondsPerEvent }) => microsecondsPerEvent));
  return {
    rules: ruleset.rules.size,
    events: lines.length,
    matches,
    eventsPerCpuSecond: Math.round(1e6 / microseconds),
    microsecondsPerEvent: round2(microseconds),
    ofWhichJsonParse: round2(parseOnly(lines)),
    ...load,
    ...(theirs[0] && {
      peer: { ...theirs[0], microsecondsPerEvent: round2(other) },
      ratio: round2(other / microseconds),
    }),
  };
}

function loaded(rules: string): { ruleset: Ruleset; loadSeconds: number; memoryMegabytes: number } {
  const before = memory();
  const started = process.cpuUsage();
  const ruleset = compileRuleset(documentsOf(rules));
  ruleset.match({});
  return { ruleset, loadSeconds: round2(spent(started) / 1e6), memoryMegabytes: Math.round((memory() - before) / 1e6) };
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
