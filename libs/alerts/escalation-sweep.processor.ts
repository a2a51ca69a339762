import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { JobQueues } from '#platform/job-queues.js';
import { Handles, type JobHandler } from '#platform/job-runner.js';
import { escalationSweepJob } from './alerts.jobs.js';
import { EscalationRunner } from './escalation-runner.service.js';

const EVERY_MS = 5_000;

@Injectable()
@Handles(escalationSweepJob)
export class EscalationSweepProcessor implements JobHandler<object>, OnApplicationBootstrap {
  constructor(
    private readonly runner: EscalationRunner,
    private readonly queues: JobQueues,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.has('scheduler'))
      await this.queues.repeatEvery(escalationSweepJob, 'escalation-sweep', EVERY_MS, {});
  }

  handle(): Promise<void> {
    return this.runner.runDue(this.clock.now());
  }
}
