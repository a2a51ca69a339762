import glossy from 'glossy';
import nsyslog from 'nsyslog-parser';
import { byParser, fixtureLines } from '#test/fuzz/corpus.js';
import { benchLine } from '#test/bench/lines.js';
import { readAll, readHeader, readWhole } from '#test/bench/parse-own.js';
import { median, round2 } from '#test/bench/numbers.js';
import { spent } from '#test/bench/sigma-measure.js';

/**
 * Lines per CPU-second, in turns with the fastest parsers of npm on the same lines. `ratio` is ours to the fastest of
 * them on RFC 5424 headers. The last line of the output is one JSON object.
 */
const LINES = Number(process.env['BENCH_LINES'] ?? 100_000);
const MIXED = Number(process.env['BENCH_MIXED'] ?? 1_000_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 11);

const AT = new Date('2026-11-23T12:00:00.123Z');
const plain = Array.from({ length: LINES }, (_, n) => benchLine(n, AT));
const structured = plain.map((line, n) =>
  line.replace(' - - ', ` - [meta@32473 sequenceId="${n}" sysUpTime="${n * 37}" language="en"] `),
);
const bodies = (wanted: RegExp): Buffer[] => {
  const some = plain.filter((line) => wanted.test(line));
  return plain.map((_, n) => Buffer.from(some[n % some.length]!));
};

const sets = {
  header: turns(plain, { own: readHeader, glossy: (line) => glossy.Parse.parse(line), nsyslog }),
  headerWithData: turns(structured, { own: readHeader, glossy: (line) => glossy.Parse.parse(line), nsyslog }),
  wholeSshd: turns(bodies(/ sshd /), { own: readWhole }),
  wholeCisco: turns(bodies(/ %LIN/), { own: readWhole }),
};
const own = sets.header['own']!;
const fastest = Math.max(...Object.entries(sets.header).flatMap(([name, rate]) => (name === 'own' ? [] : rate)));
const figures = { bench: 'parse', ratio: round2(own / fastest), linesPerCpuSecond: sets, mixed: mixed(), lines: LINES };
console.log(JSON.stringify(figures));

/** Lines per CPU-second of each, the median of rounds taken in turns. */
function turns<T>(
  lines: readonly T[],
  readers: Record<string, (line: T, n: number) => object>,
): Record<string, number> {
  const times = new Map<string, number[]>(Object.keys(readers).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, read] of Object.entries(readers)) {
      const from = process.cpuUsage();
      let read_ = 0;
      for (let n = 0; n < lines.length; n++) read_ += read(lines[n]!, n) ? 1 : 0;
      if (read_ !== lines.length) throw new Error(`${name} left lines out`);
      times.get(name)!.push(spent(from));
    }
  }
  const rate = (all: number[]): number => Math.round((lines.length / median(all)) * 1e6);
  return Object.fromEntries([...times].map(([name, all]) => [name, rate(all)]));
}

/** Lines of every format that has fixtures, in equal parts, as found and as pinned. */
function mixed(): object {
  const known = byParser(fixtureLines());
  known.delete('none');
  const each = Math.ceil(MIXED / known.size);
  const sources = new Map(
    [...known].map(([name, some]) => [name, Array.from({ length: each }, (_, n) => some[n % some.length]!)]),
  );
  const found: number[] = [];
  const pinned: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const both = [[found, false] as const, [pinned, true] as const];
    for (const [times, pin] of round % 2 === 0 ? both : both.toReversed()) {
      const from = process.cpuUsage();
      const events = readAll(sources, pin);
      times.push(spent(from) / events);
    }
  }
  return {
    lines: each * known.size,
    formats: known.size,
    foundMicroseconds: round2(median(found)),
    pinnedMicroseconds: round2(median(pinned)),
    slower: round2(median(found) / median(pinned)),
  };
}
