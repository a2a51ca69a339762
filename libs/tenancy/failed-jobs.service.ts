import { Injectable } from '@nestjs/common';
import { notFound } from '#platform/errors.js';
import { JobQueues } from '#platform/job-queues.js';
import { JobRunner } from '#platform/job-runner.js';
import type { FailedJobList } from './failed-job.schema.js';
import type { TenantReach } from './tenant-scope.js';

/** Work that was tried as often as it may be and failed: kept until somebody replays it. */
@Injectable()
export class FailedJobs {
  constructor(
    private readonly queues: JobQueues,
    private readonly runner: JobRunner,
  ) {}

  async list(reach: TenantReach): Promise<FailedJobList> {
    const items = await this.queues.failed([...this.runner.declared().keys()], new Set(reach.tenantIds));
    return { items, next: null };
  }

  /** @throws UserError 404 when no failed job within reach has that id */
  async replay(reach: TenantReach, queue: string, id: string): Promise<void> {
    const known = this.runner.declared().has(queue);
    if (!known || !(await this.queues.replay(queue, id, new Set(reach.tenantIds)))) throw notFound();
  }
}
