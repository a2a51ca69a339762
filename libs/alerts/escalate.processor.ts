import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { Handles, type JobHandler } from '#platform/job-runner.js';
import { escalateJob } from './alerts.jobs.js';
import { EscalationRunner } from './escalation-runner.service.js';

@Injectable()
@Handles(escalateJob)
export class EscalateProcessor implements JobHandler<{ tenantId: string }> {
  constructor(
    private readonly runner: EscalationRunner,
    private readonly clock: Clock,
  ) {}

  handle({ tenantId }: { tenantId: string }): Promise<void> {
    return this.runner.runDueOf(tenantId, this.clock.now());
  }
}
