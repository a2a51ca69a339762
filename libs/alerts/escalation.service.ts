import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { JobQueues } from '#platform/job-queues.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { AlertEntity } from './alert.entity.js';
import { escalateJob } from './alerts.jobs.js';
import { plan, type PlannedStep } from './escalation.js';
import { EscalationPolicyRepository } from './escalation-policy.repository.js';
import { EscalationRepository } from './escalation.repository.js';

/** Starts and stops climbs. The rows are the truth; Redis only wakes them. */
@Injectable()
export class Escalation {
  constructor(
    private readonly steps: EscalationRepository,
    private readonly policies: EscalationPolicyRepository,
    private readonly queues: JobQueues,
    private readonly clock: Clock,
  ) {}

  /** In the transaction that raises or reopens. @returns the steps, for `wake` after the commit */
  async start(scope: TenantScope, { id, severity }: AlertEntity, since: Date): Promise<PlannedStep[]> {
    const policy = await this.policies.inForce(scope);
    if (!policy) return [];
    const stepsBefore = (await this.steps.of(scope, id)).length;
    const planned = plan(policy, { severity, since, stepsBefore });
    if (planned.length > 0) await this.steps.insert(scope, id, planned);
    return planned;
  }

  /** In the transaction that takes note. */
  stop(scope: TenantScope, alertId: string): Promise<void> {
    return this.steps.cancelPending(scope, alertId);
  }

  /** A lost wake is made up for by the sweep. */
  async wake({ tenantId }: TenantScope, alertId: string, steps: readonly PlannedStep[]): Promise<void> {
    const now = this.clock.now().getTime();
    for (const { step, dueAt } of steps) {
      const delay = Math.max(0, dueAt.getTime() - now);
      await this.queues.add(escalateJob, { tenantId }, { id: `${alertId}.${step}`, delay });
    }
  }
}
