import { Injectable } from '@nestjs/common';
import type { AssetContext } from '#customers/asset-index.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { alertId, joinSpan, seriesId, spanOf, unionSpan } from './alert-identity.js';
import type { AlertEntity } from './alert.entity.js';
import { AlertRepository } from './alert.repository.js';
import { AlertHistoryRepository } from './alert-history.repository.js';
import type { PlannedStep } from './escalation.js';
import { Escalation } from './escalation.service.js';
import type { AlertFinding } from './finding.js';
import type { HistoryEntry } from './history.js';
import { NamedEvents } from './named-events.js';
import { riskScore } from './severity.js';
import { FRESH } from './triage.js';

export const DETECTION = { kind: 'system', id: 'detection', name: 'Detection' } as const;

/** A finding and the assets that it names, as they are known now. */
export interface Found {
  finding: AlertFinding;
  assets: readonly AssetContext[];
  now: Date;
}

export interface Settled {
  alert: AlertEntity;
  change: 'raised' | 'amended' | 'none';
  /** Of a climb that starts with this. */
  steps: PlannedStep[];
}

/** Decides, in one transaction, whether a finding is a new alert, more of one, or nothing new. */
@Injectable()
export class Settlement {
  private readonly named = new NamedEvents();

  constructor(
    private readonly alerts: AlertRepository,
    private readonly history: AlertHistoryRepository,
    private readonly escalation: Escalation,
  ) {}

  async settle(scope: TenantScope, found: Found): Promise<Settled> {
    const settled = await this.inTransaction(scope, found);
    this.named.remember(settled.alert.id, found.finding.events);
    return settled;
  }

  private inTransaction(scope: TenantScope, found: Found): Promise<Settled> {
    const { finding } = found;
    const series = seriesId(scope.tenantId, finding);
    const id = alertId(scope.tenantId, finding);
    return scope.transaction(async (open) => {
      await this.alerts.lockSeries(open, series);
      const known = await this.alerts.joinable(open, { id, series, span: joinSpan(finding) });
      return known ? this.amend(open, known, found) : this.raise(open, { id, series }, found);
    });
  }

  private async raise(
    scope: TenantScope,
    identity: { id: string; series: string },
    { finding, assets, now }: Found,
  ): Promise<Settled> {
    const { rule, group, summary, events } = finding;
    const { first, last } = spanOf(finding);
    const alert = await this.alerts.insert(scope, {
      ...identity,
      ...FRESH,
      ...assetsOf({ assetIds: [], assetNames: [] }, assets),
      ruleId: rule.id,
      ruleTitle: rule.title,
      ruleDescription: rule.description,
      severity: rule.level,
      riskScore: scoreOf(finding, assets),
      techniques: rule.techniques,
      group,
      summary,
      count: new Set(events.map((event) => event.id)).size,
      firstEventAt: first,
      lastEventAt: last,
      raisedAt: now,
      acknowledgedAt: null,
    });
    await this.alerts.addEvents(scope, alert.id, events);
    await this.tell(scope, alert, now, [{ kind: 'raised', to: String(alert.count) }]);
    return { alert, change: 'raised', steps: await this.escalation.start(scope, alert, now) };
  }

  private async amend(scope: TenantScope, known: AlertEntity, { finding, assets, now }: Found): Promise<Settled> {
    const added = await this.alerts.addEvents(scope, known.id, this.named.fresh(known.id, finding.events));
    if (added === 0) return { alert: known, change: 'none', steps: [] };
    const { first, last } = unionSpan({ first: known.firstEventAt, last: known.lastEventAt }, spanOf(finding));
    const count = known.count + added;
    const again = known.status === 'closed';
    const alert = await this.alerts.update(scope, known.id, {
      ...assetsOf(known, assets),
      ...(again ? FRESH : {}),
      riskScore: Math.max(known.riskScore, scoreOf(finding, assets)),
      summary: finding.summary,
      count,
      firstEventAt: first,
      lastEventAt: last,
    });
    const entries: HistoryEntry[] = [{ kind: 'amended', from: String(known.count), to: String(count) }];
    if (again) entries.push({ kind: 'status', from: 'closed', to: 'new', text: 'New activity after it was closed.' });
    await this.tell(scope, alert, now, entries);
    return { alert, change: 'amended', steps: again ? await this.escalation.start(scope, alert, now) : [] };
  }

  private tell(scope: TenantScope, alert: AlertEntity, at: Date, entries: HistoryEntry[]): Promise<void> {
    return this.history.add(scope, { alertId: alert.id, at, actor: DETECTION }, entries);
  }
}

function scoreOf({ rule }: AlertFinding, assets: readonly AssetContext[]): number {
  return riskScore(
    rule.level,
    assets.map((asset) => asset.criticality),
  );
}

type Assets = Pick<AlertEntity, 'assetIds' | 'assetNames'>;

/** The assets of an alert and those that a finding adds, each by its name of the day. */
function assetsOf(known: Assets, added: readonly AssetContext[]): Assets {
  const names = new Map(known.assetIds.map((id, index) => [id, known.assetNames[index] ?? id]));
  for (const { id, name } of added) if (!names.has(id)) names.set(id, name);
  return { assetIds: [...names.keys()], assetNames: [...names.values()] };
}
