import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { JobQueues } from '#platform/job-queues.js';
import { Handles, type JobHandler } from '#platform/job-runner.js';
import { deliverySweepJob } from './notify.jobs.js';
import { Notify } from './notify.service.js';

const EVERY_MS = 30_000;

@Injectable()
@Handles(deliverySweepJob)
export class DeliverySweepProcessor implements JobHandler<object>, OnApplicationBootstrap {
  constructor(
    private readonly notify: Notify,
    private readonly queues: JobQueues,
    private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.has('scheduler')) await this.queues.repeatEvery(deliverySweepJob, 'notify-sweep', EVERY_MS, {});
  }

  handle(): Promise<void> {
    return this.notify.sweep();
  }
}
