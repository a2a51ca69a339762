import { Injectable } from '@nestjs/common';
import { Handles, type JobHandler } from '#platform/job-runner.js';
import { deliverJob } from './notify.jobs.js';
import { Notify } from './notify.service.js';

@Injectable()
@Handles(deliverJob)
export class DeliverProcessor implements JobHandler<{ tenantId: string; deliveryId: string }> {
  constructor(private readonly notify: Notify) {}

  handle({ tenantId, deliveryId }: { tenantId: string; deliveryId: string }): Promise<void> {
    return this.notify.deliver(tenantId, deliveryId);
  }
}
