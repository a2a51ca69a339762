import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import type { PlannedStep } from './escalation.js';
import { EscalationStepEntity } from './escalation-step.entity.js';

@Injectable()
export class EscalationRepository {
  async insert(scope: TenantScope, alertId: string, steps: readonly PlannedStep[]): Promise<void> {
    const { tenantId } = scope;
    const planned = steps.map((step) => ({ ...step, tenantId, alertId, state: 'pending' as const }));
    await scope.run((rows) => rows.insert(EscalationStepEntity, planned));
  }

  of(scope: TenantScope, alertId: string): Promise<EscalationStepEntity[]> {
    const where = { tenantId: scope.tenantId, alertId };
    return scope.run((rows) => rows.find(EscalationStepEntity, { where, order: { step: 'ASC' } }));
  }

  async cancelPending(scope: TenantScope, alertId: string): Promise<void> {
    const where = { tenantId: scope.tenantId, alertId, state: 'pending' as const };
    await scope.run((rows) => rows.update(EscalationStepEntity, where, { state: 'cancelled' }));
  }

  /** The step that is due longest and that no other worker holds; held until the transaction ends. */
  claimDue(scope: TenantScope, now: Date): Promise<EscalationStepEntity | null> {
    const where = { tenantId: scope.tenantId, state: 'pending' as const, dueAt: LessThanOrEqual(now) };
    const lock = { mode: 'pessimistic_write', onLocked: 'skip_locked' } as const;
    return scope.run((rows) => rows.findOne(EscalationStepEntity, { where, order: { dueAt: 'ASC' }, lock }));
  }

  async finish(scope: TenantScope, { alertId, step }: EscalationStepEntity): Promise<void> {
    const where = { tenantId: scope.tenantId, alertId, step };
    await scope.run((rows) => rows.update(EscalationStepEntity, where, { state: 'done' }));
  }

  async tenantsWithDue(reach: TenantReach, now: Date): Promise<string[]> {
    const found = await reach.run((rows) =>
      rows
        .createQueryBuilder(EscalationStepEntity, 's')
        .select('DISTINCT s.tenantId', 'tenantId')
        .where("s.tenantId = ANY(:tenantIds) AND s.state = 'pending' AND s.dueAt <= :now")
        .setParameters({ tenantIds: reach.tenantIds, now })
        .getRawMany<{ tenantId: string }>(),
    );
    return found.map(({ tenantId }) => tenantId);
  }
}
