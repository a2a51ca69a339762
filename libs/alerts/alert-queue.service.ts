import { Injectable } from '@nestjs/common';
import type { Caller } from '#access/caller.js';
import { EventSearch, type EventPage } from '#events/event-search.service.js';
import { Config } from '#platform/config.js';
import { openCursor, sealCursor } from '#platform/cursor.js';
import { notFound } from '#platform/errors.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import type { AlertEntity } from './alert.entity.js';
import { AlertRepository } from './alert.repository.js';
import { AlertHistoryRepository } from './alert-history.repository.js';
import { AlertQueueRepository } from './alert-queue.repository.js';
import { alertPosition, evidencePosition } from './alert.schema.js';
import type { AlertDetail, AlertPage, AlertQuery, EvidenceQuery } from './alert.schema.js';
import { AlertViews } from './alert-views.service.js';
import { EscalationRepository } from './escalation.repository.js';

const HISTORY_MOST = 500;

export interface EvidencePage extends EventPage {
  missing: string[];
}

/** The analysts' queue over all their tenants, and one alert with all that is known of it. */
@Injectable()
export class AlertQueue {
  constructor(
    private readonly queue: AlertQueueRepository,
    private readonly alerts: AlertRepository,
    private readonly history: AlertHistoryRepository,
    private readonly steps: EscalationRepository,
    private readonly views: AlertViews,
    private readonly events: EventSearch,
    private readonly config: Config,
  ) {}

  /** @throws UserError 400 for a cursor of another list. */
  async page(reach: TenantReach, caller: Caller, { limit, cursor, tenant, ...query }: AlertQuery): Promise<AlertPage> {
    const about = `alerts ${caller.personId} ${tenant} ${JSON.stringify(query)}`;
    const filter = { ...query, ...(query.assignee === 'me' ? { assignee: caller.personId } : {}) };
    const after = cursor === undefined ? undefined : openCursor(this.secret, about, cursor, alertPosition);
    const found = await this.queue.page(reach, filter, limit + 1, after);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    const next = last ? sealCursor(this.secret, about, positionOf(last)) : null;
    return { items: await Promise.all(items.map((alert) => this.views.view(alert))), next };
  }

  /** @throws UserError 404 */
  async one(scope: TenantScope, id: string): Promise<AlertDetail> {
    return scope.transaction(async (open) => {
      const alert = await this.alerts.find(open, id);
      if (!alert) throw notFound();
      const view = await this.views.view(alert);
      const { count, firstEventAt, lastEventAt } = view;
      const history = await this.history.of(open, id, HISTORY_MOST);
      const steps = await this.steps.of(open, id);
      return {
        ...view,
        rule: { ...view.rule, description: alert.ruleDescription },
        evidence: { count, firstEventAt, lastEventAt },
        escalation: steps.map(({ step, label, dueAt, state, policy }) => ({
          step,
          label,
          dueAt: dueAt.toISOString(),
          state,
          policy,
        })),
        history: history.map(({ id: entry, at, actor, kind, from, to, text }) => ({
          id: entry,
          at: at.toISOString(),
          actor,
          kind,
          from,
          to,
          text,
        })),
      };
    });
  }

  /** The events that the alert rests on. @throws UserError 404, 400 for a cursor of another list */
  async evidence(scope: TenantScope, id: string, { limit, cursor }: EvidenceQuery): Promise<EvidencePage> {
    const about = `evidence ${scope.tenantId} ${id}`;
    const after = cursor === undefined ? undefined : openCursor(this.secret, about, cursor, evidencePosition);
    const found = await this.alerts.events(scope, id, limit + 1, after);
    if (found.length === 0 && !(await this.alerts.find(scope, id))) throw notFound();
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    const ids = page.map(({ eventId }) => eventId);
    const items = ids.length > 0 ? await this.events.byIds(scope, ids) : [];
    const kept = new Set(items.map(({ event }) => event.id));
    const next = last ? sealCursor(this.secret, about, { time: last.eventTime, id: last.eventId }) : null;
    return { items, missing: ids.filter((eventId) => !kept.has(eventId)), next };
  }

  private get secret(): string {
    return this.config.values.PLANTWATCH_SECRET;
  }
}

function positionOf({ id, raisedAt, riskScore }: AlertEntity): { id: string; raisedAt: Date; riskScore: number } {
  return { id, raisedAt, riskScore };
}
