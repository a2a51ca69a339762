import { Injectable } from '@nestjs/common';
import type { Caller } from '#access/caller.js';
import { Clock } from '#platform/clock.js';
import { UserError, notFound } from '#platform/errors.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { Act } from './act.decorator.js';
import type { AlertEntity } from './alert.entity.js';
import { AlertQueue } from './alert-queue.service.js';
import { AlertRepository } from './alert.repository.js';
import type { AlertDetail } from './alert.schema.js';
import { AlertHistoryRepository } from './alert-history.repository.js';
import { AlertViews } from './alert-views.service.js';
import { Assignees } from './assignees.service.js';
import { assign, type Decision, type Situation } from './decisions.js';
import { climbChange, type PlannedStep } from './escalation.js';
import { Escalation } from './escalation.service.js';
import type { Deed } from './history.js';

interface Changed {
  alert: AlertEntity;
  /** Of a climb that starts again with this. */
  steps: PlannedStep[];
}

/** What people do to alerts. Each act is one transaction with its history and its effect on the escalation. */
@Injectable()
export class Triage {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly history: AlertHistoryRepository,
    private readonly escalation: Escalation,
    private readonly views: AlertViews,
    private readonly queue: AlertQueue,
    private readonly assignees: Assignees,
    private readonly clock: Clock,
  ) {}

  /** @throws UserError 404, 409 when the alert does not allow it, 412 when it has changed since that revision */
  async act(scope: TenantScope, act: Act, decide: (situation: Situation) => Decision): Promise<AlertDetail> {
    const changed = await scope.transaction((open) => this.change(open, act, decide));
    if (changed) {
      await this.escalation.wake(scope, act.id, changed.steps);
      await this.views.announce(changed.alert);
    }
    return this.queue.one(scope, act.id);
  }

  /** @param personId null: nobody. @throws what `act` throws, and 400 for a person who does no triage here */
  async assign(scope: TenantScope, act: Act, personId: string | null): Promise<AlertDetail> {
    const person = personId === null ? null : await this.assignees.find(scope, act.caller, personId);
    return this.act(scope, act, (situation) => assign(situation, person));
  }

  private async change(
    scope: TenantScope,
    { id, caller, revision }: Act,
    decide: (situation: Situation) => Decision,
  ): Promise<Changed | undefined> {
    const before = await this.alerts.lock(scope, id);
    if (!before) throw notFound();
    if (revision !== undefined && revision !== before.revision) throw stale(before);
    const now = this.clock.now();
    const decision = decide({ alert: before, by: workerOf(caller), now });
    if (!decision) return undefined;
    const alert = await this.alerts.update(scope, id, decision.set);
    await this.history.add(scope, deedOf(caller, id, now), decision.history);
    const climb = climbChange(before.status, alert.status);
    if (climb === 'stop') await this.escalation.stop(scope, id);
    return { alert, steps: climb === 'restart' ? await this.escalation.start(scope, alert, now) : [] };
  }
}

function workerOf({ personId, name, role }: Caller): Situation['by'] {
  return { id: personId, name, isLead: role === 'soc_lead' };
}

function deedOf({ personId, name }: Caller, alertId: string, at: Date): Deed {
  return { alertId, at, actor: { kind: 'person', id: personId, name } };
}

function stale({ revision }: AlertEntity): UserError {
  return new UserError(412, 'changed', `The alert has changed meanwhile: it is at revision ${revision}. Look again.`);
}
