import { Injectable } from '@nestjs/common';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { Span } from './alert-identity.js';
import { AlertEventEntity } from './alert-event.entity.js';
import { AlertEntity } from './alert.entity.js';

export type NewAlert = Omit<AlertEntity, 'tenantId' | 'revision' | 'updatedSeq'>;
export type AlertChange = Partial<Omit<AlertEntity, 'id' | 'tenantId' | 'series' | 'revision' | 'updatedSeq'>>;

export interface EventPosition {
  time: Date;
  id: string;
}

@Injectable()
export class AlertRepository {
  /** One decision at a time for each series, over all machines, until the transaction ends. */
  async lockSeries(scope: TenantScope, series: string): Promise<void> {
    await scope.run((rows) => rows.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [series]));
  }

  /** The earliest alert of the series that reaches into the span, or has that id already; held until the end. */
  joinable(
    scope: TenantScope,
    { id, series, span }: { id: string; series: string; span: Span },
  ): Promise<AlertEntity | null> {
    return scope.run((rows) =>
      rows
        .createQueryBuilder(AlertEntity, 'a')
        .where('a.tenantId = :tenantId AND a.series = :series', { tenantId: scope.tenantId, series })
        .andWhere('(a.lastEventAt >= :first AND a.firstEventAt <= :last OR a.id = :id)', { ...span, id })
        .orderBy('a.firstEventAt', 'ASC')
        .limit(1)
        .setLock('for_no_key_update')
        .getOne(),
    );
  }

  find(scope: TenantScope, id: string): Promise<AlertEntity | null> {
    return scope.run((rows) => rows.findOneBy(AlertEntity, { tenantId: scope.tenantId, id }));
  }

  /** Held until the transaction ends. Rows that refer to the alert can still be written by others. */
  lock(scope: TenantScope, id: string): Promise<AlertEntity | null> {
    const where = { tenantId: scope.tenantId, id };
    return scope.run((rows) => rows.findOne(AlertEntity, { where, lock: { mode: 'for_no_key_update' } }));
  }

  async insert(scope: TenantScope, alert: NewAlert): Promise<AlertEntity> {
    await scope.run((rows) => rows.insert(AlertEntity, { ...alert, tenantId: scope.tenantId }));
    return this.stored(scope, alert.id);
  }

  async update(scope: TenantScope, id: string, change: AlertChange): Promise<AlertEntity> {
    const counters = { revision: () => 'revision + 1', updatedSeq: () => "nextval('alert_updates')" };
    await scope.run((rows) => rows.update(AlertEntity, { tenantId: scope.tenantId, id }, { ...change, ...counters }));
    return this.stored(scope, id);
  }

  /** @returns how many of the events were not known yet */
  async addEvents(
    scope: TenantScope,
    alertId: string,
    events: readonly { id: string; time: number }[],
  ): Promise<number> {
    if (events.length === 0) return 0;
    const added = await scope.run((rows) =>
      rows.query<unknown[]>(
        `INSERT INTO alert_events (tenant_id, alert_id, event_id, event_time)
         SELECT $1, $2, * FROM unnest($3::text[], $4::timestamptz[]) ON CONFLICT DO NOTHING RETURNING event_id`,
        [scope.tenantId, alertId, events.map(({ id }) => id), events.map(({ time }) => new Date(time))],
      ),
    );
    return added.length;
  }

  /** Oldest first. */
  events(scope: TenantScope, alertId: string, limit: number, after?: EventPosition): Promise<AlertEventEntity[]> {
    return scope.run((rows) => {
      const query = rows
        .createQueryBuilder(AlertEventEntity, 'e')
        .where('e.tenantId = :tenantId AND e.alertId = :alertId', { tenantId: scope.tenantId, alertId })
        .orderBy('e.eventTime', 'ASC')
        .addOrderBy('e.eventId', 'ASC')
        .limit(limit);
      if (after) query.andWhere('(e.eventTime, e.eventId) > (:time, :id)', after);
      return query.getMany();
    });
  }

  private stored(scope: TenantScope, id: string): Promise<AlertEntity> {
    return scope.run((rows) => rows.findOneByOrFail(AlertEntity, { tenantId: scope.tenantId, id }));
  }
}
