import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { compileRuleset } from '#engine/ruleset.js';
import { plantCorpus, windowsCorpus, CORPORA, type Corpus } from '#test/bench/sigma-corpus.js';
import { heavyRules, strangers } from '#test/bench/sigma-load.js';
import { median, round2 } from '#test/bench/numbers.js';
import { documentsOf, matchAll, parseOnly, spent } from '#test/bench/sigma-measure.js';
import { buildPeer } from '#test/bench/sigma-peer.js';

/**
 * Rules over events, JSON text in, matches out, one thread, in turns with the fastest other engine. `ratio` is the
 * lowest of ours to the peer's events per CPU-second over the sets. The last line of the output is one JSON object.
 */
const EVENTS = process.env['BENCH_EVENTS'] ?? '200000';
const ROUNDS = process.env['BENCH_ROUNDS'] ?? '5';
const GROWTH = [100, 300, 1000, 3000];
const HEAP = '--max-old-space-size=6144';

const peer = await buildPeer();
const sets: Record<string, { ratio?: number }> = {};
for (const name of Object.keys(CORPORA)) {
  const script = ['--expose-gc', HEAP, '--import', './test/bench/typescript.mjs', 'test/bench/sigma-set.ts'];
  const run = promisify(execFile)(process.execPath, [...script, name, EVENTS, ROUNDS, ...(peer ? [peer] : [])]);
  sets[name] = JSON.parse((await run).stdout) as { ratio?: number };
  console.log(`${name}: ${JSON.stringify(sets[name])}`);
}
const ratios = Object.values(sets).flatMap(({ ratio }) => ratio ?? []);
const windows = windowsCorpus(20_000);
const many = threeThousand(windows);
const figures = {
  bench: 'sigma',
  ratio: ratios.length > 0 ? Math.min(...ratios) : null,
  sets,
  load: loadFigures(many),
  growth: growth(many, windows.lines),
  slowestRules: heavyRules(
    [windows, plantCorpus(1)].flatMap(({ rules }) => documentsOf(rules)),
    commandLines(windows),
  ),
};
console.log(JSON.stringify(figures));

/** Command lines of the events behind one another. */
function commandLines({ lines }: Corpus): string {
  const texts = lines.map((line) => (JSON.parse(line) as { CommandLine?: unknown }).CommandLine);
  return texts.filter((text) => typeof text === 'string').join(' ');
}

/** The rules as text, and as many again with texts that no event has, until there are 3,000. */
function threeThousand({ rules }: Corpus): string[] {
  const texts = rules.split(/^---$/m);
  return [...texts, ...strangers(texts), ...strangers(texts, 'zq')].slice(0, GROWTH.at(-1));
}

function loadFigures(texts: readonly string[]): { rules: number; parseSeconds: number; compileSeconds: number } {
  const started = process.cpuUsage();
  const documents = texts.flatMap(documentsOf);
  const parseSeconds = round2(spent(started) / 1e6);
  const parsed = process.cpuUsage();
  compileRuleset(documents).match({});
  return { rules: documents.length, parseSeconds, compileSeconds: round2(spent(parsed) / 1e6) };
}

/** Microseconds of matching, without reading JSON, by the number of rules. */
function growth(texts: readonly string[], lines: readonly string[]): Record<string, number> {
  const documents = texts.flatMap(documentsOf);
  const reading = parseOnly(lines);
  const steps = GROWTH.map((count) => {
    const step = documents.length / count;
    const ruleset = compileRuleset(Array.from({ length: count }, (_, at) => documents[Math.floor(at * step)]!));
    matchAll(ruleset, lines);
    const rounds = Array.from({ length: Number(ROUNDS) }, () => {
      const from = process.cpuUsage();
      matchAll(ruleset, lines);
      return spent(from) / lines.length;
    });
    return [count, round2(median(rounds))] as const;
  });
  return { jsonParse: round2(reading), ...Object.fromEntries(steps) };
}
