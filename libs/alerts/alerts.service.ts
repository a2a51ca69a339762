import { Injectable } from '@nestjs/common';
import { AuditService } from '#audit/audit.service.js';
import { AssetDirectory } from '#customers/asset-directory.service.js';
import { Clock } from '#platform/clock.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { AlertEntity } from './alert.entity.js';
import { AlertQueueRepository } from './alert-queue.repository.js';
import { AlertViews } from './alert-views.service.js';
import { Escalation } from './escalation.service.js';
import { storableFinding, type AlertFinding } from './finding.js';
import { DETECTION, Settlement } from './settlement.service.js';

export interface Raised {
  alertId: string;
  change: 'raised' | 'amended' | 'none';
}

export interface AlertMetrics {
  /** How many were raised in the period. */
  bySeverity: Record<string, number>;
  /** From raising to the first acknowledgement, of those raised in the period and acknowledged since. */
  acknowledgeSeconds: { median: number | null; p95: number | null };
  /** Raised before the period's end and not closed by then. */
  open: number;
}

/** What other rooms ask of alerts. */
@Injectable()
export class Alerts {
  constructor(
    private readonly settlement: Settlement,
    private readonly queue: AlertQueueRepository,
    private readonly escalation: Escalation,
    private readonly views: AlertViews,
    private readonly directory: AssetDirectory,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Raises an alert, or amends the one of the same rule and group that is no more than the join gap away. The same
   * finding, however often and on however many machines it comes, changes nothing.
   */
  async raise(scope: TenantScope, found: AlertFinding): Promise<Raised> {
    const finding = storableFinding(found);
    const index = await this.directory.index(scope);
    const assets = finding.assetIds.flatMap((id) => index.byId(id) ?? []);
    const { alert, change, steps } = await this.settlement.settle(scope, { finding, assets, now: this.clock.now() });
    if (change !== 'none') {
      await this.escalation.wake(scope, alert.id, steps);
      await this.views.announce(alert);
    }
    if (change === 'raised') await this.record(alert);
    return { alertId: alert.id, change };
  }

  /** Of [from, to). */
  async metrics(scope: TenantScope, from: Date, to: Date): Promise<AlertMetrics> {
    return {
      bySeverity: await this.queue.bySeverity(scope, from, to),
      acknowledgeSeconds: await this.queue.acknowledgeSeconds(scope, from, to),
      open: await this.queue.openAt(scope, to),
    };
  }

  private record({ id, tenantId, ruleId, severity }: AlertEntity): Promise<void> {
    const detail = { rule: ruleId, severity };
    return this.audit.record({
      tenantId,
      actor: DETECTION,
      action: 'alerts.raise',
      target: id,
      outcome: 'success',
      detail,
    });
  }
}
