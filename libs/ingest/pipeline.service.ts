import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { EventBuilder } from './event-builder.service.js';
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
  private readonly log = new Logger('pipeline');
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
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.has('collector')) this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    this.progress = (await this.place.load()) ?? { done: this.spool.start, plans: [] };
    for (const plan of [...this.progress.plans]) await this.carryOut(plan, await this.spool.readAgain(plan.range));
    let position: SpoolPosition = this.progress.done;
    const flights: Promise<void>[] = [];
    const stopped = new Promise<void>((resolve) => this.stopping.signal.addEventListener('abort', () => resolve()));
    while (!this.stopping.signal.aborted) {
      // Taken before the look, so that what is committed in between wakes us.
      const grown = this.spool.grown();
      const batch = await this.spool.read(position, { bytes: LIMITS.batch, lines: LIMITS.batchLines });
      if (!batch) {
        await Promise.race([grown, stopped]);
        continue;
      }
      position = { segment: batch.range.segment, offset: batch.range.to };
      const plan = await this.plan(batch);
      flights.push(this.carryOut(plan, batch));
      if (flights.length >= IN_FLIGHT) await flights.shift();
    }
    await Promise.all(flights);
  }

  /** Decides where the batch goes, and remembers it. */
  private async plan(batch: SpoolBatch): Promise<BatchPlan> {
    return this.insist('plan', async () => {
      const plan = { range: batch.range, indices: await this.work.indicesOf(batch.entries) };
      await this.place.save({ ...this.progress, plans: [...this.progress.plans, plan] });
      this.progress.plans.push(plan);
      return plan;
    });
  }

  private async carryOut(plan: BatchPlan, batch: SpoolBatch): Promise<void> {
    const { segment, from } = plan.range;
    const batchId = `${this.config.values.COLLECTOR_ID}.${paddedSequence(segment)}.${from}`;
    const finished = await this.insist('send', async () => {
      await this.work.keep(batchId, await this.builder.build(batch.entries, plan.indices));
      return true;
    }).catch(() => false);
    if (finished) await this.finish(plan);
  }

  private async finish(plan: BatchPlan): Promise<void> {
    this.finished.add(plan);
    const { plans } = this.progress;
    let moved = false;
    for (let first = plans[0]; first && this.finished.has(first); first = plans[0]) {
      this.progress.done = { segment: first.range.segment, offset: first.range.to };
      plans.shift();
      moved = true;
    }
    if (!moved) return;
    await this.place.save(this.progress);
    await this.spool.release(this.progress.done);
  }

  /** Again and again, with longer pauses, until it works or we stop. */
  private async insist<T>(what: string, act: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await act();
      } catch (error) {
        const wait = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
        this.log.warn(`A batch waits (${what}): ${error instanceof Error ? error.message : String(error)}`);
        await pause(wait, undefined, { signal: this.stopping.signal });
      }
    }
  }
}
