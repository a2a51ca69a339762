import { open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { SigmaError } from '#sigma/document.js';
import { reportLine } from './exit.js';
import { reportErrors } from './load-rules.js';
import { Output } from './output.js';
import { matchLine, type MatchOptions } from './match-options.js';
import { segmentsOf, type Segment } from './segments.js';

/** A worker's first word: ids of the rules, by which hits count from 0, and what is wrong with others. */
export interface Compiled {
  ids: string[];
  errors: SigmaError[];
}

/** What a worker found in a segment: hits as rule and line. */
export interface Matched {
  lines: number;
  hits: [number, number][];
  broken: [number, string][];
}

const SEGMENT = 4 * 1024 * 1024;
/** Segments that a worker has before it, so that it never waits and memory stays bounded. */
const AHEAD = 2;

/** A thread that answers in the order it is asked. */
class MatchWorker {
  readonly compiled: Promise<Compiled>;
  private readonly worker: Worker;
  private readonly waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];

  constructor(options: MatchOptions) {
    this.worker = new Worker(new URL('./match-worker.js', import.meta.url), { workerData: options });
    this.worker.on('message', (answer: unknown) => this.waiting.shift()?.resolve(answer));
    this.worker.on('error', (error: Error) => {
      for (const { reject } of this.waiting.splice(0)) reject(error);
    });
    this.compiled = this.answer() as Promise<Compiled>;
  }

  match(segment: Segment): Promise<Matched> {
    this.worker.postMessage(segment);
    return this.answer() as Promise<Matched>;
  }

  stop(): Promise<number> {
    return this.worker.terminate();
  }

  private answer(): Promise<unknown> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }
}

/** Matches segments of the file in several threads; prints as one thread would. Returns how many lines were left out. */
export async function matchInThreads(options: MatchOptions, jobs: number): Promise<number> {
  const file = await open(options.events);
  const workers = Array.from({ length: jobs }, () => new MatchWorker(options));
  try {
    const [first] = await Promise.all(workers.map(({ compiled }) => compiled));
    reportErrors(first!.errors);
    const printer = new Printer(first!.ids);
    const asked: Promise<Matched>[] = [];
    let turn = 0;
    for await (const segment of segmentsOf(file, SEGMENT)) {
      asked.push(workers[turn++ % jobs]!.match(segment));
      if (asked.length >= jobs * AHEAD) await printer.print(await asked.shift()!);
    }
    for (const one of asked) await printer.print(await one);
    return printer.broken;
  } finally {
    await Promise.all([file.close(), ...workers.map((worker) => worker.stop())]);
  }
}

/** Prints segments in the order of the file, with the lines' numbers in the whole of it. */
class Printer {
  broken = 0;
  private lines = 0;
  private readonly output = new Output();

  constructor(private readonly ids: string[]) {}

  async print({ lines, hits, broken }: Matched): Promise<void> {
    for (const [rule, line] of hits) this.output.add(matchLine(this.ids[rule]!, this.lines + line));
    for (const [line, reason] of broken) reportLine(this.lines + line, reason);
    this.broken += broken.length;
    this.lines += lines;
    await this.output.flush();
  }
}
