import { Injectable } from '@nestjs/common';
import { Channels } from '#notify/channels.service.js';
import { Clock } from '#platform/clock.js';
import { conflict, invalid, notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { PolicyStep } from './escalation.js';
import type { EscalationPolicyEntity } from './escalation-policy.entity.js';
import { EscalationPolicyRepository } from './escalation-policy.repository.js';
import type { NewPolicy, PolicyChange, PolicyList, PolicyView } from './policy.schema.js';

type PolicyRow = Omit<EscalationPolicyEntity, 'tenantId'>;

/** Who is told after how long; one of a tenant's policies is in force. */
@Injectable()
export class EscalationPolicies {
  constructor(
    private readonly policies: EscalationPolicyRepository,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  async list(scope: TenantScope): Promise<PolicyList> {
    return { items: (await this.policies.list(scope)).map(viewOf), next: null };
  }

  /** @throws UserError 400 for an unknown channel, 409 for a name that is taken. */
  add(scope: TenantScope, { name, minSeverity, steps, default: asked }: NewPolicy): Promise<PolicyView> {
    return this.alone(scope, async (open, others) => {
      const now = this.clock.now();
      const isDefault = asked || others.length === 0;
      return this.save(open, others, {
        id: newId(),
        name,
        minSeverity,
        steps,
        isDefault,
        createdAt: now,
        updatedAt: now,
      });
    });
  }

  /** @throws UserError 404, and what `add` throws. */
  change(scope: TenantScope, id: string, { default: asked, ...change }: PolicyChange): Promise<PolicyView> {
    return this.alone(scope, async (open, all) => {
      const policy = all.find((one) => one.id === id);
      if (!policy) throw notFound();
      const others = all.filter((one) => one.id !== id);
      const isDefault = asked ?? policy.isDefault;
      return this.save(open, others, { ...policy, ...change, isDefault, updatedAt: this.clock.now() });
    });
  }

  private alone<T>(
    scope: TenantScope,
    work: (open: TenantScope, all: EscalationPolicyEntity[]) => Promise<T>,
  ): Promise<T> {
    return scope.transaction(async (open) => {
      await this.policies.lockAll(open);
      return work(open, await this.policies.list(open));
    });
  }

  private async save(scope: TenantScope, others: readonly PolicyRow[], policy: PolicyRow): Promise<PolicyView> {
    if (others.some(({ name }) => name === policy.name)) throw conflict('There is a policy with this name already.');
    await this.refuseUnknownChannels(scope, policy.steps);
    if (policy.isDefault) await this.policies.clearDefault(scope);
    await this.policies.save(scope, policy);
    return viewOf(policy);
  }

  private async refuseUnknownChannels(scope: TenantScope, steps: readonly PolicyStep[]): Promise<void> {
    const [missing] = await this.channels.missing(
      scope,
      steps.flatMap((step) => step.channelIds),
    );
    if (missing) throw invalid('steps', `there is no channel ${missing}`);
  }
}

function viewOf({ id, name, minSeverity, steps, isDefault, createdAt, updatedAt }: PolicyRow): PolicyView {
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  return { id, name, minSeverity, steps, default: isDefault, ...times };
}
