import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { EventBuilder } from './event-builder.service.js';
import { IntakeStatus } from './intake-status.service.js';
import { LIMITS } from './limits.js';
import { PipelineSinks } from './pipeline-sinks.service.js';
import { ProgressRepository, type BatchPlan, type Progress } from './progress.repository.js';
import { paddedSequence, type SpoolPosition } from './spool-segment.js';
import { SpoolRepository, type SpoolBatch } from './spool.repository.js';

const IN_FLIGHT = 3;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/**
 * From the spool to Elasticsearch and detection. A batch's plan is durable before it is sent, and the place in the spool
 * moves only when Elasticsearch has the events and Redis the jobs: a kill at any moment repeats a batch, which changes
 * nothing, and loses none.
 */
@Injectable()
export class Pipeline implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private progress: Progress = { done: { segment: 0, offset: 0 }, plans: [] };
  private running: Promise<void> = Promise.resolve();
  /** Plans whose work is done; they leave the list in order. */
  private readonly finished = new WeakSet<BatchPlan>();

  constructor(
    private readonly spool: SpoolRepository,
    private readonly place: ProgressRepository,
    private readonly builder: EventBuilder,
    private readonly work: PipelineSinks,
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
    this.progress = (await this.insist('load', () => this.place.load())) ?? { done: this.spool.start, plans: [] };
    for (const plan of this.progress.plans.slice()) {
      await this.carryOut(plan, await this.insist('read', () => this.spool.readAgain(plan.range)));
    }
    return this.progress.done;
  }

  private async follow(start: SpoolPosition): Promise<void> {
    let position = start;
    const flights: Promise<void>[] = [];
    while (!this.stopping.signal.aborted) {
      // Taken before the look, so that what is committed in between wakes us.
      const grown = this.spool.grown();
      const from = position;
      const most = { bytes: LIMITS.batch, lines: LIMITS.batchLines };
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
    this.progress.plans.push(plan);
    await this.insist('plan', () => this.place.save(this.progress));
    return plan;
  }

  /** When we stop meanwhile, the plan stays and is carried out after the next start. */
  private async carryOut(plan: BatchPlan, batch: SpoolBatch): Promise<void> {
    const { segment, from, to } = plan.range;
    const batchId = `${this.config.values.COLLECTOR_ID}.${paddedSequence(segment)}.${from}-${to}`;
    try {
      await this.insist('send', async () =>
        this.work.keep(batchId, await this.builder.build(batch.entries, plan.indices)),
      );
      await this.insist('finish', () => this.finish(plan));
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }

  /** The place in the spool moves in order, over all plans that are finished. */
  private async finish(plan: BatchPlan): Promise<void> {
    this.finished.add(plan);
    const { plans } = this.progress;
    for (let first = plans[0]; first && this.finished.has(first); first = plans[0]) {
      this.progress.done = { segment: first.range.segment, offset: first.range.to };
      plans.shift();
    }
    await this.place.save(this.progress);
    await this.spool.release(this.progress.done);
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
