import { Injectable } from '@nestjs/common';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { SuppressedMatchEntity } from './suppressed-match.entity.js';

export interface SuppressedPosition {
  eventTime: Date;
  eventId: string;
  ruleId: string;
}

@Injectable()
export class SuppressedMatchRepository {
  /** What is stored already stays as it is, so a repeated job changes nothing. */
  async insert(scope: TenantScope, matches: SuppressedMatchEntity[]): Promise<void> {
    if (matches.length === 0) return;
    await scope.run((rows) =>
      rows.createQueryBuilder().insert().into(SuppressedMatchEntity).values(matches).orIgnore().execute(),
    );
  }

  /** Newest event first. */
  list(scope: TenantScope, limit: number, before?: SuppressedPosition): Promise<SuppressedMatchEntity[]> {
    return scope.run((rows) => {
      const query = rows
        .createQueryBuilder(SuppressedMatchEntity, 's')
        .where('s.tenantId = :tenantId', { tenantId: scope.tenantId })
        .orderBy('s.eventTime', 'DESC')
        .addOrderBy('s.eventId', 'DESC')
        .addOrderBy('s.ruleId', 'DESC')
        .take(limit);
      if (before) query.andWhere('(s.eventTime, s.eventId, s.ruleId) < (:eventTime, :eventId, :ruleId)', before);
      return query.getMany();
    });
  }

  /** Events in the half-open range [from, to). */
  count(scope: TenantScope, from: Date, to: Date): Promise<number> {
    return scope.run((rows) =>
      rows
        .createQueryBuilder(SuppressedMatchEntity, 's')
        .where('s.tenantId = :tenantId AND s.eventTime >= :from AND s.eventTime < :to', {
          tenantId: scope.tenantId,
          from,
          to,
        })
        .getCount(),
    );
  }
}
