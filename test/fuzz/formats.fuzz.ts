// `npm run fuzz -- [--seconds N] [--seed N] [PARSER...]`: changes lines of each format for N seconds (600) and keeps the changed lines that reach code which
// no line had reached, to change them further. Ends with exit code 1 and the lines when one breaks a promise of `normalise`.
import { parseArgs } from 'node:util';
import { PARSER_NAMES } from '#formats/parsers.js';
import { isParserName } from '#formats/normalise.js';
import { byParser, fixtureLines } from '#test/fuzz/corpus.js';
import { Coverage } from '#test/fuzz/coverage.js';
import { faultsOf } from '#test/fuzz/invariants.js';
import { mutate } from '#test/fuzz/mutations.js';
import { drawing, type Draw } from '#test/support/drawing.js';

const BATCH = 100;
const LARGEST_CORPUS = 3000;
/** Milliseconds of CPU that the slowest line may take; the most that was seen of 64 Ki characters is 8. */
const SLOW = 30;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' } },
});
const unknown = positionals.filter((name) => !isParserName(name));
if (unknown.length > 0) throw new Error(`there is no parser ${unknown.join()}; known are ${PARSER_NAMES.join(', ')}`);

interface Tally {
  lines: number;
  kept: number;
  faults: string[];
  slowest: number;
}

const coverage = new Coverage();
// Code that has run before is only counted by the function, not by the block.
await coverage.start();
const all = fixtureLines();
const formats = byParser(all);
let failed = false;
for (const name of positionals.length > 0 ? positionals : PARSER_NAMES) {
  const tally = await campaign(name, formats.get(name) ?? all);
  const { lines, kept, faults, slowest } = tally;
  console.log(
    JSON.stringify({ parser: name, lines, kept, blocks: coverage.blocks, slowestMs: slowest, faults: faults.length }),
  );
  for (const fault of faults) console.error(fault);
  failed ||= faults.length > 0;
}
coverage.stop();
process.exitCode = failed ? 1 : 0;

async function campaign(name: string, start: readonly string[]): Promise<Tally> {
  const draw = drawing(Number(values.seed));
  const corpus = [...start];
  const tally: Tally = { lines: 0, kept: 0, faults: [], slowest: 0 };
  const until = Date.now() + Number(values.seconds) * 1000;
  await coverage.grown();
  while (Date.now() < until && tally.faults.length < 20) {
    const batch = Array.from({ length: BATCH }, () => mutate(corpus[draw(corpus.length)]!, draw, all));
    for (const line of batch) examine(line, name, draw, tally);
    if ((await coverage.grown()) === 0 || corpus.length >= LARGEST_CORPUS) continue;
    // Which of them it was is not worth finding out: they all come from lines that were worth it.
    corpus.push(...batch.slice(0, 8));
    tally.kept += 8;
  }
  return tally;
}

/** Half of the lines are read by the format's parser whether it recognises them or not. */
function examine(line: string, name: string, draw: Draw, tally: Tally): void {
  const pinned = isParserName(name) && draw(2) === 0 ? { parser: name } : {};
  const from = process.cpuUsage();
  const faults = faultsOf(line, pinned);
  const { user } = process.cpuUsage(from);
  tally.lines++;
  if (user / 1000 > SLOW && fastest(line, pinned) > SLOW) faults.push(`${user / 1000} ms`);
  tally.slowest = Math.max(tally.slowest, Math.round(user / 1000));
  if (faults.length > 0) tally.faults.push(`${name}: ${faults.join('; ')}: ${JSON.stringify(line).slice(0, 2000)}`);
}

/** Of five readings: a collection of garbage is not the line's fault. */
function fastest(line: string, pinned: Parameters<typeof faultsOf>[1]): number {
  const times = Array.from({ length: 5 }, () => {
    const from = process.cpuUsage();
    faultsOf(line, pinned);
    return process.cpuUsage(from).user / 1000;
  });
  return Math.min(...times);
}
