import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { EventBuilder } from './event-builder.service.js';
import { IntakeStatus } from './intake-status.service.js';
import type { Outcome } from './ledger.js';
import { Ledger } from './ledger.service.js';
import { LIMITS } from './limits.js';
import { PipelineSinks } from './pipeline-sinks.service.js';
import { ProgressRepository, type BatchPlan } from './progress.repository.js';
import { paddedSequence, type SpoolPosition } from './spool-segment.js';
import { sharesOf, type Share } from './spool-shares.js';
import { SpoolRepository, type SpoolBatch } from './spool.repository.js';

const IN_FLIGHT = 3;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

interface Settled {
  shares: Share[];
  outcomes: Outcome[];
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
  /** Plans whose work is done, and what became of their lines; they leave the list in order. */
  private readonly finished = new WeakMap<BatchPlan, Settled>();

  /** Whether the batch before was handed to detection: in order, or what the sender sent last would be decided first. */
  private detected = Promise.resolve(true);

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
      await this.carryOut(plan, await this.insist('read', () => this.spool.readAgain(plan.range)));
    }
    return progress.done;
  }

  private async follow(start: SpoolPosition): Promise<void> {
    let position = start;
    const flights: Promise<void>[] = [];
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
      flights.push(this.carryOut(await this.plan(batch), batch));
      if (flights.length >= IN_FLIGHT) await flights.shift();
    }
    await Promise.all(flights);
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

  /** When we stop meanwhile, the plan stays and is carried out after the next start. */
  private async carryOut(plan: BatchPlan, batch: SpoolBatch): Promise<void> {
    const { segment, from, to } = plan.range;
    const batchId = `${this.config.values.COLLECTOR_ID}.${paddedSequence(segment)}.${from}-${to}`;
    const before = this.detected;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.detected = promise;
    try {
      const built = await this.insist('build', () => this.builder.build(batch.entries, plan.indices));
      const outcomes = await this.insist('send', () => this.work.keep(built));
      if (!(await before)) throw new Error('The batch before was not finished.');
      await this.insist('detect', () => this.work.detect(batchId, built));
      resolve(true);
      this.finished.set(plan, { shares: sharesOf(batch.entries), outcomes });
      await this.insist('finish', () => this.finish());
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    } finally {
      resolve(false);
    }
  }

  /** The place in the spool moves in order, over all plans that are finished; the ledger moves with it. */
  private async finish(): Promise<void> {
    const { progress } = this.place;
    for (;;) {
      const [first] = progress.plans;
      const settled = first && this.finished.get(first);
      if (!settled) break;
      progress.done = { segment: first.range.segment, offset: first.range.to };
      progress.plans.shift();
      this.ledger.settle(settled.shares, settled.outcomes);
    }
    await this.place.save();
    await this.spool.release(progress.done);
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
