import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Queue, type JobsOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { Config } from './config.js';
import type { JobDeclaration } from './jobs.js';

export interface JobOptions {
  /** Jobs with an id that is known already are not added again. */
  id: string;
  /** Milliseconds until it may run. */
  delay?: number;
  /** How many jobs of its owner came with it and before it: jobs of others that have fewer run first. */
  turn?: number;
}

export interface FailedJob {
  id: string;
  queue: string;
  name: string;
  reason: string;
  attempts: number;
  failedAt: string | null;
}

/** BullMQ's lowest priority; without one a job runs before all that have one. */
const LAST_TURN = 2 ** 21 - 1;
/** How many a queue shows. */
const FAILED_SHOWN = 500;

/** The only way into BullMQ. Failed jobs are kept until somebody replays them. */
@Injectable()
export class JobQueues implements OnApplicationShutdown {
  private readonly queues = new Map<string, Queue>();
  readonly connection: Redis;
  readonly prefix: string;

  constructor(config: Config) {
    this.prefix = config.values.QUEUE_PREFIX;
    // BullMQ's blocking reads need null here.
    this.connection = new Redis(config.values.REDIS_URL, { maxRetriesPerRequest: null });
  }

  async add<P>(job: JobDeclaration<P>, payload: P, options: JobOptions): Promise<void> {
    await this.queue(job.queue).add(job.name, job.payload.parse(payload), bullOptions(job, options));
  }

  /** Makes a repeating job, or changes it; `pattern` is a cron expression in `timeZone`. */
  async repeat<P>(
    job: JobDeclaration<P>,
    schedulerId: string,
    every: { pattern: string; timeZone: string },
    payload: P,
  ): Promise<void> {
    const template = { name: job.name, data: job.payload.parse(payload), opts: retention(job) };
    await this.queue(job.queue).upsertJobScheduler(
      schedulerId,
      { pattern: every.pattern, tz: every.timeZone },
      template,
    );
  }

  /** The same with a fixed pause in milliseconds. */
  async repeatEvery<P>(job: JobDeclaration<P>, schedulerId: string, every: number, payload: P): Promise<void> {
    const template = { name: job.name, data: job.payload.parse(payload), opts: retention(job) };
    await this.queue(job.queue).upsertJobScheduler(schedulerId, { every }, template);
  }

  async stopRepeating<P>(job: JobDeclaration<P>, schedulerId: string): Promise<void> {
    await this.queue(job.queue).removeJobScheduler(schedulerId);
  }

  /** Those of these owners, the last that failed first. */
  async failed(queues: readonly string[], owners: ReadonlySet<string>): Promise<FailedJob[]> {
    const lists = await Promise.all(queues.map((name) => this.queue(name).getFailed(0, FAILED_SHOWN - 1)));
    return lists
      .flat()
      .filter((job) => owners.has(ownerOf(job.data)))
      .map((job) => ({
        id: job.id ?? '',
        queue: job.queueName,
        name: job.name,
        reason: job.failedReason ?? '',
        attempts: job.attemptsMade,
        failedAt: job.finishedOn ? new Date(job.finishedOn).toISOString() : null,
      }));
  }

  /** @returns false when no failed job of these owners has that id */
  async replay(queue: string, id: string, owners: ReadonlySet<string>): Promise<boolean> {
    const job = await this.queue(queue).getJob(id);
    if (!job || !owners.has(ownerOf(job.data)) || !(await job.isFailed())) return false;
    await job.retry('failed', { resetAttemptsMade: true });
    return true;
  }

  queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new Queue(name, { connection: this.connection, prefix: this.prefix });
    this.queues.set(name, queue);
    return queue;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    this.connection.disconnect();
  }
}

function retention<P>(job: JobDeclaration<P>): JobsOptions {
  return {
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: job.backoff, jitter: 0.5 },
    removeOnComplete: { count: 1000 },
    removeOnFail: false,
  };
}

function bullOptions<P>(job: JobDeclaration<P>, { id, delay = 0, turn = 0 }: JobOptions): JobsOptions {
  return { ...retention(job), jobId: id, delay, priority: Math.min(turn, LAST_TURN) };
}

/** Jobs name their owner in `tenantId`; those that belong to nobody are ours alone. */
function ownerOf(payload: unknown): string {
  const owner = typeof payload === 'object' && payload !== null && 'tenantId' in payload ? payload.tenantId : undefined;
  return typeof owner === 'string' ? owner : '';
}
