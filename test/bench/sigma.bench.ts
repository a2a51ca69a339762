import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compileRuleset, type Ruleset } from '#engine/ruleset.js';
import type { SigmaDocument } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import { heavyRules, strangers } from '#test/bench/sigma-load.js';
import { plantCorpus, processCorpus, windowsCorpus, type Corpus } from '#test/bench/sigma-corpus.js';
import { buildPeer, runPeer, type PeerFigures } from '#test/bench/sigma-peer.js';

/**
 * Rules over events, JSON text in, matches out, one thread, in turns with the fastest other engine. `ratio` is the
 * lowest of ours to the peer's events per CPU-second over the sets. The last line of the output is one JSON object.
 */
const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 200_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const GROWTH = [100, 300, 1000, 3000];

const folder = mkdtempSync(path.join(tmpdir(), 'plantwatch-bench-'));
try {
  const peer = await buildPeer();
  const sets: Record<string, SetFigures> = {};
  for (const make of [windowsCorpus, plantCorpus, processCorpus]) {
    const corpus = make(EVENTS);
    sets[corpus.name] = await measureSet(corpus, peer);
    console.log(`${corpus.name}: ${JSON.stringify(sets[corpus.name])}`);
  }
  const ratios = Object.values(sets).flatMap(({ ratio }) => ratio ?? []);
  const windows = windowsCorpus(EVENTS / 10);
  const many = threeThousand(windows);
  console.log(
    JSON.stringify({
      bench: 'sigma',
      ratio: ratios.length > 0 ? Math.min(...ratios) : null,
      sets,
      load: loadFigures(many),
      growth: growth(many, windows.lines),
      slowestRule: heavyRules([windows, plantCorpus(1)].flatMap(({ rules }) => documentsOf(rules))),
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}

interface SetFigures {
  rules: number;
  events: number;
  matches: number;
  eventsPerCpuSecond: number;
  microsecondsPerEvent: number;
  jsonParseMicroseconds: number;
  loadSeconds: number;
  memoryMegabytes: number;
  peer: PeerFigures | null;
  ratio: number | null;
}

async function measureSet({ name, rules, lines }: Corpus, peer: string | undefined): Promise<SetFigures> {
  const place = path.join(folder, name.replace(' ', '-'));
  writeFileSync(`${place}.yml`, rules);
  writeFileSync(`${place}.ndjson`, `${lines.join('\n')}\n`);
  const before = memory();
  const started = process.cpuUsage();
  const ruleset = compileRuleset(documentsOf(rules));
  ruleset.match({});
  const loadSeconds = spent(started) / 1e6;
  const memoryMegabytes = Math.round((memory() - before) / 1e6);
  matchAll(ruleset, lines.slice(0, lines.length / 10));
  const own: number[] = [];
  const theirs: PeerFigures[] = [];
  let matches = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const from = process.cpuUsage();
    matches = matchAll(ruleset, lines);
    own.push(spent(from) / lines.length);
    if (peer !== undefined) theirs.push(await runPeer(peer, `${place}.yml`, `${place}.ndjson`));
  }
  const microseconds = median(own);
  const other = theirs.toSorted((a, b) => a.microsecondsPerEvent - b.microsecondsPerEvent)[ROUNDS >> 1] ?? null;
  return {
    rules: ruleset.rules.size,
    events: lines.length,
    matches,
    eventsPerCpuSecond: Math.round(1e6 / microseconds),
    microsecondsPerEvent: round2(microseconds),
    jsonParseMicroseconds: round2(parseOnly(lines)),
    loadSeconds: round2(loadSeconds),
    memoryMegabytes,
    peer: other,
    ratio: other && round2(other.microsecondsPerEvent / microseconds),
  };
}

function documentsOf(rules: string): SigmaDocument[] {
  return rules.split(/^---$/m).flatMap((text) => parseSigma(text, 'rules.yml').documents);
}

function matchAll(ruleset: Ruleset, lines: readonly string[]): number {
  let matches = 0;
  for (const line of lines) matches += ruleset.match(JSON.parse(line) as object).length;
  return matches;
}

function parseOnly(lines: readonly string[]): number {
  const from = process.cpuUsage();
  let events = 0;
  for (const line of lines) events += JSON.parse(line) ? 1 : 0;
  return spent(from) / events;
}

/** The rules as text, and as many again with texts that no event has, until there are 3,000. */
function threeThousand({ rules }: Corpus): string[] {
  const texts = rules.split(/^---$/m);
  return [...texts, ...strangers(texts), ...strangers(texts, 'zq')].slice(0, GROWTH.at(-1));
}

function loadFigures(texts: readonly string[]): { rules: number; parseSeconds: number; compileSeconds: number } {
  const started = process.cpuUsage();
  const documents = texts.flatMap((text) => parseSigma(text, 'rules.yml').documents);
  const parseSeconds = round2(spent(started) / 1e6);
  const parsed = process.cpuUsage();
  compileRuleset(documents).match({});
  return { rules: documents.length, parseSeconds, compileSeconds: round2(spent(parsed) / 1e6) };
}

/** Microseconds of matching, without reading JSON, by the number of rules. */
function growth(texts: readonly string[], lines: readonly string[]): Record<string, number> {
  const documents = texts.flatMap((text) => parseSigma(text, 'rules.yml').documents);
  const reading = parseOnly(lines);
  const figures = GROWTH.map((count) => {
    const step = documents.length / count;
    const ruleset = compileRuleset(Array.from({ length: count }, (_, at) => documents[Math.floor(at * step)]!));
    matchAll(ruleset, lines);
    const rounds = Array.from({ length: ROUNDS }, () => {
      const from = process.cpuUsage();
      matchAll(ruleset, lines);
      return spent(from) / lines.length;
    });
    return [count, round2(median(rounds))] as const;
  });
  return { jsonParse: round2(reading), ...Object.fromEntries(figures) };
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function spent(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return user + system;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
