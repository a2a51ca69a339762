import {
  Injectable,
  Logger,
  SetMetadata,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { Worker, type Job } from 'bullmq';
import { Config } from './config.js';
import { JobQueues } from './job-queues.js';
import type { JobDeclaration } from './jobs.js';

const HANDLES = 'plantwatch:handles';
/** Times the process may die while a job runs: mostly not the job's fault, but one that kills its process must end some day. */
const DEATHS_SURVIVED = 15;

export interface JobHandler<P> {
  handle(payload: P): Promise<void>;
}

/** Marks the one class that runs a job. */
export function Handles<P>(job: JobDeclaration<P>): ClassDecorator {
  return SetMetadata(HANDLES, job);
}

/** Finds every handler and runs the queues; refuses to start when a job has two. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('jobs');
  private readonly workers: Worker[] = [];

  constructor(
    private readonly config: Config,
    private readonly queues: JobQueues,
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const byQueue = this.handlersByQueue();
    if (!this.config.has('worker')) return;
    for (const [queue, handlers] of byQueue) this.workers.push(this.start(queue, handlers));
  }

  /** Queue names with the job names each runs; for tests and for the list of failed jobs. */
  declared(): Map<string, string[]> {
    return new Map([...this.handlersByQueue()].map(([queue, handlers]) => [queue, [...handlers.keys()]]));
  }

  private handlersByQueue(): Map<string, Map<string, Bound>> {
    const byQueue = new Map<string, Map<string, Bound>>();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!metatype || !isHandler(instance)) continue;
      const job = this.reflector.get<JobDeclaration<unknown> | undefined>(HANDLES, metatype);
      if (!job) continue;
      const handlers = byQueue.get(job.queue) ?? new Map<string, Bound>();
      if (handlers.has(job.name)) throw new Error(`The job ${job.name} has two handlers.`);
      byQueue.set(job.queue, handlers.set(job.name, { job, handler: instance }));
    }
    return byQueue;
  }

  private start(queue: string, handlers: Map<string, Bound>): Worker {
    const run = async (job: Job): Promise<void> => {
      const bound = handlers.get(job.name);
      if (!bound) throw new Error(`No handler for the job ${job.name}.`);
      await bound.handler.handle(bound.job.payload.parse(job.data));
    };
    const worker = new Worker(queue, run, {
      connection: this.queues.connection.duplicate(),
      prefix: this.queues.prefix,
      concurrency: 8,
      maxStalledCount: DEATHS_SURVIVED,
    });
    worker.on('failed', (job, error) =>
      this.log.error({ queue, job: job?.name, id: job?.id, attempt: job?.attemptsMade, error: error.message }),
    );
    worker.on('error', (error) => this.log.warn({ queue, error: error.message }));
    return worker;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }
}

interface Bound {
  job: JobDeclaration<unknown>;
  handler: JobHandler<unknown>;
}

function isHandler(instance: unknown): instance is JobHandler<unknown> {
  return (
    typeof instance === 'object' && instance !== null && 'handle' in instance && typeof instance.handle === 'function'
  );
}
