import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { LiveFeed } from '#platform/live-feed.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { AlertEntity } from './alert.entity.js';
import type { AlertView } from './alert.schema.js';

export const ALERTS_TOPIC = 'alerts';

/** What people see of an alert: in the queue, and live when it changes. */
@Injectable()
export class AlertViews {
  constructor(
    private readonly scopes: TenantScopes,
    private readonly feed: LiveFeed,
    private readonly clock: Clock,
  ) {}

  async view(alert: AlertEntity): Promise<AlertView> {
    const { tenant } = await this.scopes.open(alert.tenantId);
    const { id, severity, riskScore, status, verdict, summary, group, techniques, count, revision } = alert;
    return {
      id,
      severity,
      riskScore,
      status,
      verdict,
      summary,
      group,
      techniques,
      count,
      revision,
      rule: { id: alert.ruleId, title: alert.ruleTitle },
      tenant: { id: tenant.id, name: tenant.name },
      assets: alert.assetIds.map((assetId, index) => ({ id: assetId, name: alert.assetNames[index] ?? assetId })),
      firstEventAt: alert.firstEventAt.toISOString(),
      lastEventAt: alert.lastEventAt.toISOString(),
      raisedAt: alert.raisedAt.toISOString(),
      acknowledgedAt: alert.acknowledgedAt?.toISOString() ?? null,
      closedAt: alert.closedAt?.toISOString() ?? null,
      assignee: personOf(alert.assigneeId, alert.assigneeName),
      claim: claimOf(alert, this.clock.now()),
    };
  }

  /** After the commit: tells whoever looks at this tenant's alerts now. */
  async announce(alert: AlertEntity): Promise<void> {
    const data = await this.view(alert);
    await this.feed.publish({ topic: ALERTS_TOPIC, owner: alert.tenantId, id: alert.updatedSeq, data });
  }
}

function personOf(id: string | null, name: string | null): AlertView['assignee'] {
  return id === null ? null : { id, name: name ?? '' };
}

function claimOf({ claimedBy, claimedName, claimExpiresAt }: AlertEntity, now: Date): AlertView['claim'] {
  const by = personOf(claimedBy, claimedName);
  return by && claimExpiresAt && claimExpiresAt > now ? { by, expiresAt: claimExpiresAt.toISOString() } : null;
}
