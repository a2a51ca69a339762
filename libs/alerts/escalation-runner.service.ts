import { Injectable } from '@nestjs/common';
import { Notify } from '#notify/notify.service.js';
import { Config } from '#platform/config.js';
import { UserError } from '#platform/errors.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { AlertRepository } from './alert.repository.js';
import { AlertHistoryRepository } from './alert-history.repository.js';
import { escalationText } from './escalation-message.js';
import { EscalationRepository } from './escalation.repository.js';
import type { EscalationStepEntity } from './escalation-step.entity.js';

const ACTOR = { kind: 'system', id: 'escalation', name: 'Escalation' } as const;

/** Says louder and louder that nobody has taken note: each step once, whoever runs it and however often. */
@Injectable()
export class EscalationRunner {
  constructor(
    private readonly steps: EscalationRepository,
    private readonly alerts: AlertRepository,
    private readonly history: AlertHistoryRepository,
    private readonly notify: Notify,
    private readonly scopes: TenantScopes,
    private readonly config: Config,
  ) {}

  /** Runs what is due, of every tenant. One tenant's trouble does not hold up the others. @throws AggregateError */
  async runDue(now: Date): Promise<void> {
    const troubles: unknown[] = [];
    for (const tenantId of await this.steps.tenantsWithDue(await this.scopes.all(), now)) {
      await this.runDueOf(tenantId, now).catch((error: unknown) => troubles.push(error));
    }
    if (troubles.length > 0)
      throw new AggregateError(troubles, `The escalation of ${troubles.length} customers did not work.`);
  }

  async runDueOf(tenantId: string, now: Date): Promise<void> {
    const scope = await this.scopes.open(tenantId);
    while (await this.runNext(scope, now));
  }

  private async runNext(scope: TenantScope, now: Date): Promise<boolean> {
    const deliveries = await scope.transaction(async (open) => {
      const step = await this.steps.claimDue(open, now);
      return step && this.say(open, step, now);
    });
    if (deliveries) await this.notify.dispatch(scope, deliveries);
    return deliveries !== null;
  }

  /** Messages, state and history are one commit: a crash says it all again or not at all. */
  private async say(scope: TenantScope, step: EscalationStepEntity, now: Date): Promise<string[]> {
    const alert = await this.alerts.find(scope, step.alertId);
    if (!alert) throw new Error('A step without its alert.');
    const { subject, text, data } = escalationText(alert, step, scope.tenant, this.config.publicUrl);
    const told: string[] = [];
    for (const channelId of step.channelIds) {
      const key = `${alert.id}.${step.step}.${channelId}`;
      const deliveryId = await this.notify.store(scope, { key, channelId, subject, text, data }).catch(goneChannel);
      if (deliveryId) told.push(deliveryId);
    }
    const gone = step.channelIds.length - told.length;
    const entry = {
      kind: 'escalated',
      to: step.label,
      text: gone > 0 ? `${gone} of the channels were removed.` : null,
    } as const;
    await this.steps.finish(scope, step);
    await this.history.add(scope, { alertId: alert.id, at: now, actor: ACTOR }, [entry]);
    return told;
  }
}

/** A channel that was removed after the snapshot must not keep the others from being told. */
function goneChannel(error: unknown): undefined {
  if (error instanceof UserError && error.status === 404) return undefined;
  throw error;
}
