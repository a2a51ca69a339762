import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '#platform/config.js';
import type { TenantMatch } from '#detection/detection-intake.service.js';
import { EventBuilder, type Built } from './event-builder.service.js';
import { IntakeStatus } from './intake-status.service.js';
import type { Outcome } from './ledger.js';
import { Ledger } from './ledger.service.js';
import { LIMITS } from './limits.js';
import { PipelineSinks } from './pipeline-sinks.service.js';
import { ProgressRepository, type BatchPlan } from './progress.repository.js';
import { paddedSequence, type SpoolPosition } from './spool-segment.js';
import { sharesOf, type Share } from './spool-shares.js';
import { SpoolRepository, type SpoolBatch } from './spool.repository.js';

/** From one small batch to the next: what comes meanwhile shares its cost, in Elasticsearch most of all. */
const GATHER_MS = 200;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/** A batch on its way; the promises reject only when we stop. */
interface Flight {
  /** Of the batch, raw, and what it costs at least. */
  bytes: number;
  /** When Elasticsearch has all of it. */
  kept: Promise<Outcome[]>;
  /** When detection has it: in order, or what the sender sent last would be decided first. */
  detected: Promise<void>;
  /** When both have it, and the place in the spool moved over it. */
  done: Promise<void>;
}

/**
 * From the spool to Elasticsearch and detection. A batch's plan is durable before it is sent, and the place in the spool
 * moves only when Elasticsearch has the events and Redis the jobs: a kill at any moment repeats a batch, which changes
 * nothing, and loses none.
 */
@Injectable()
export class Pipeline implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private last: Pick<Flight, 'detected' | 'done'> = { detected: Promise.resolve(), done: Promise.resolve() };

  constructor(
    private readonly spool: SpoolRepository,
    private readonly place: ProgressRepository,
    private readonly builder: EventBuilder,
    private readonly work: PipelineSinks,
    private readonly ledger: Ledger,
    private readonly status: IntakeStatus,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.has('collector')) this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.spool.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      await this.follow(await this.resume());
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }

  /** What was begun before the last stop is sent again, to the same places. */
  private async resume(): Promise<SpoolPosition> {
    const { progress } = this.place;
    for (const plan of progress.plans.slice()) {
      const batch = await this.insist('read', () => this.spool.readAgain(plan.range));
      await this.carryOut(plan, await this.build(plan, batch)).done;
    }
    return progress.done;
  }

  private async follow(start: SpoolPosition): Promise<void> {
    let position = start;
    const open: Flight[] = [];
    try {
      while (!this.stopping.signal.aborted) {
        // Taken before the look, so that what is committed in between wakes us.
        const grown = this.spool.grown();
        const from = position;
        const most = this.spool.bytesAfter(from) > LIMITS.backlog ? LIMITS.largeBatch : LIMITS.batch;
        const batch = await this.insist('read', () => this.spool.read(from, most));
        if (!batch) {
          await grown;
          continue;
        }
        position = { segment: batch.range.segment, offset: batch.range.to };
        const gathered = pause(GATHER_MS);
        const plan = await this.plan(batch);
        open.push(this.carryOut(plan, await this.build(plan, batch)));
        await open[behind(open, LIMITS.sending)]?.kept;
        for (let oldest = behind(open, LIMITS.unfinished); oldest >= 0; oldest--) await open.shift()?.done;
        if (this.spool.bytesAfter(position) < LIMITS.batch.bytes) await gathered;
      }
    } finally {
      await Promise.allSettled(open.map(({ done }) => done));
    }
  }

  /** Decides where the batch goes, and remembers it on disk. */
  private async plan(batch: SpoolBatch): Promise<BatchPlan> {
    const indices = await this.insist('plan', () => this.work.indicesOf(batch.entries));
    const plan = { range: batch.range, indices };
    // In the list before it is saved: whoever saves next must not forget it.
    this.place.progress.plans.push(plan);
    await this.insist('plan', () => this.place.save());
    return plan;
  }

  /** One batch after the other: what a line says about later ones is known to them. */
  private build({ indices }: BatchPlan, { entries }: SpoolBatch): Promise<Built> {
    return this.insist('build', () => this.builder.build(entries, indices));
  }

  private carryOut(plan: BatchPlan, built: Built): Flight {
    const before = this.last;
    const bytes = Math.max(plan.range.to - plan.range.from, LIMITS.batchCost);
    const kept = this.insist('send', () => this.work.keep(built));
    const detected = this.detect(plan, built.matches, before);
    const done = this.settle(plan, sharesOf(built.entries), { kept, detected, done: before.done });
    // Seen by whoever waits for it, if anyone does before we stop.
    done.catch(() => undefined);
    this.last = { detected, done };
    return { bytes, kept, detected, done };
  }

  private async detect({ range }: BatchPlan, matches: TenantMatch[], before: Pick<Flight, 'detected'>): Promise<void> {
    const { segment, from, to } = range;
    const batchId = `${this.config.values.COLLECTOR_ID}.${paddedSequence(segment)}.${from}-${to}`;
    await before.detected;
    await this.insist('detect', () => this.work.detect(batchId, matches));
  }

  /**
   * In order: the place in the spool moves over one plan after the other, and the ledger with it. When we stop before that,
   * the plan stays and is carried out after the next start.
   */
  private async settle(
    { range }: BatchPlan,
    shares: Share[],
    { kept, detected, done: before }: Omit<Flight, 'bytes'>,
  ): Promise<void> {
    const [outcomes] = await Promise.all([kept, detected, before]);
    const { progress } = this.place;
    progress.done = { segment: range.segment, offset: range.to };
    progress.plans.shift();
    this.ledger.settle(shares, outcomes);
    await this.insist('finish', () => this.finish());
  }

  private async finish(): Promise<void> {
    await this.place.save();
    await this.spool.release(this.place.progress.done);
  }

  /** Again and again, with longer pauses, until it works. @throws when we stop */
  private async insist<T>(what: string, act: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        const result = await act();
        this.status.works(`pipeline, ${what}`);
        return result;
      } catch (error) {
        this.status.problem(`pipeline, ${what}`, error instanceof Error ? error.message : String(error));
        const wait = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
        await pause(wait, undefined, { signal: this.stopping.signal });
      }
    }
  }
}

/** The place of the youngest behind which there are so many bytes already; -1 when there are fewer. */
function behind(flights: readonly Flight[], most: number): number {
  let bytes = 0;
  return flights.findLastIndex((flight) => (bytes += flight.bytes) >= most);
}
