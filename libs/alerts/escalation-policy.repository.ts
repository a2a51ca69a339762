import { Injectable } from '@nestjs/common';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { EscalationPolicyEntity } from './escalation-policy.entity.js';

@Injectable()
export class EscalationPolicyRepository {
  list(scope: TenantScope): Promise<EscalationPolicyEntity[]> {
    const where = { tenantId: scope.tenantId };
    return scope.run((rows) => rows.find(EscalationPolicyEntity, { where, order: { createdAt: 'ASC', id: 'ASC' } }));
  }

  find(scope: TenantScope, id: string): Promise<EscalationPolicyEntity | null> {
    return scope.run((rows) => rows.findOneBy(EscalationPolicyEntity, { tenantId: scope.tenantId, id }));
  }

  inForce(scope: TenantScope): Promise<EscalationPolicyEntity | null> {
    return scope.run((rows) => rows.findOneBy(EscalationPolicyEntity, { tenantId: scope.tenantId, isDefault: true }));
  }

  /** One change of a tenant's policies at a time, so that there is always one default. */
  async lockAll(scope: TenantScope): Promise<void> {
    const key = `escalation_policies ${scope.tenantId}`;
    await scope.run((rows) => rows.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]));
  }

  async clearDefault(scope: TenantScope): Promise<void> {
    const where = { tenantId: scope.tenantId, isDefault: true };
    await scope.run((rows) => rows.update(EscalationPolicyEntity, where, { isDefault: false }));
  }

  async save(scope: TenantScope, policy: Omit<EscalationPolicyEntity, 'tenantId'>): Promise<void> {
    const row = { ...policy, tenantId: scope.tenantId };
    await scope.run((rows) => rows.upsert(EscalationPolicyEntity, row, ['id']));
  }
}
