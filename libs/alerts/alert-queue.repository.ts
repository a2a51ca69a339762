import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { AlertEntity } from './alert.entity.js';
import type { AlertPosition, AlertQuery } from './alert.schema.js';

export type QueueFilter = Pick<AlertQuery, 'status' | 'severity' | 'rule' | 'asset' | 'assignee' | 'q' | 'sort'>;

export interface AcknowledgeTimes {
  median: number | null;
  p95: number | null;
}

/** Reading many alerts: the queue over the tenants of a reach, and one tenant's numbers. */
@Injectable()
export class AlertQueueRepository {
  /** @param filter `assignee` is a person's id or `nobody` */
  page(reach: TenantReach, filter: QueueFilter, limit: number, after?: AlertPosition): Promise<AlertEntity[]> {
    return reach.run((rows) => {
      const query = rows
        .createQueryBuilder(AlertEntity, 'a')
        .where('a.tenantId = ANY(:tenantIds)', { tenantIds: reach.tenantIds })
        .limit(limit);
      narrow(query, filter);
      arrange(query, filter.sort, after);
      return query.getMany();
    });
  }

  /** Raised in [from, to). */
  async bySeverity(scope: TenantScope, from: Date, to: Date): Promise<Record<string, number>> {
    const found = await scope.run((rows) =>
      rows.query<{ severity: string; count: number }[]>(
        `SELECT severity, count(*)::int AS count FROM alerts
         WHERE tenant_id = $1 AND raised_at >= $2 AND raised_at < $3 GROUP BY severity`,
        [scope.tenantId, from, to],
      ),
    );
    return Object.fromEntries(found.map(({ severity, count }) => [severity, count]));
  }

  /** Seconds from the raising to the first acknowledgement, of alerts raised in [from, to). */
  async acknowledgeSeconds(scope: TenantScope, from: Date, to: Date): Promise<AcknowledgeTimes> {
    const [times] = await scope.run((rows) =>
      rows.query<AcknowledgeTimes[]>(
        `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median, percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) AS p95
         FROM (SELECT extract(epoch FROM acknowledged_at - raised_at)::float8 AS seconds FROM alerts
               WHERE tenant_id = $1 AND raised_at >= $2 AND raised_at < $3 AND acknowledged_at IS NOT NULL) AS acknowledged`,
        [scope.tenantId, from, to],
      ),
    );
    return times ?? { median: null, p95: null };
  }

  /** Raised before that moment and not closed by then, as far as is known: a reopened alert counts as never closed. */
  openAt(scope: TenantScope, at: Date): Promise<number> {
    return scope.run((rows) =>
      rows
        .createQueryBuilder(AlertEntity, 'a')
        .where('a.tenantId = :tenantId AND a.raisedAt < :at AND (a.closedAt IS NULL OR a.closedAt >= :at)')
        .setParameters({ tenantId: scope.tenantId, at })
        .getCount(),
    );
  }
}

function narrow(
  query: SelectQueryBuilder<AlertEntity>,
  { status, severity, rule, asset, assignee, q }: QueueFilter,
): void {
  if (status) query.andWhere('a.status = ANY(:status)', { status });
  if (severity) query.andWhere('a.severity = ANY(:severity)', { severity });
  if (rule) query.andWhere('a.ruleId = :rule', { rule });
  if (asset) query.andWhere('a.assetIds @> ARRAY[:asset]::uuid[]', { asset });
  if (assignee === 'nobody') query.andWhere('a.assigneeId IS NULL');
  else if (assignee) query.andWhere('a.assigneeId = :assignee', { assignee });
  if (q) query.andWhere("strpos(lower(a.ruleTitle || ' ' || a.summary), lower(:q)) > 0", { q });
}

function arrange(query: SelectQueryBuilder<AlertEntity>, sort: AlertQuery['sort'], after?: AlertPosition): void {
  if (sort === 'risk') query.orderBy('a.riskScore', 'DESC').addOrderBy('a.raisedAt', 'DESC').addOrderBy('a.id', 'DESC');
  else query.orderBy('a.raisedAt', 'DESC').addOrderBy('a.id', 'DESC');
  if (!after) return;
  if (sort === 'risk') query.andWhere('(a.riskScore, a.raisedAt, a.id) < (:riskScore, :raisedAt, :id)', after);
  else query.andWhere('(a.raisedAt, a.id) < (:raisedAt, :id)', after);
}
