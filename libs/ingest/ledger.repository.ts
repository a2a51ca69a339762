import { Injectable } from '@nestjs/common';
import { ProviderDatabase } from '#platform/database.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { DeadLetterEntity } from './dead-letter.entity.js';
import type { Tally } from './ledger.js';
import { RefusedSenderEntity } from './refused-sender.entity.js';
import { SourceCounterEntity } from './source-counter.entity.js';

export interface Refusal {
  protocol: string;
  port: number;
  address: string;
  reason: string;
  count: number;
}

@Injectable()
export class LedgerRepository {
  constructor(private readonly provider: ProviderDatabase) {}

  async add(scope: TenantScope, sourceId: string, tally: Tally): Promise<void> {
    const { received, truncated, dropped, indexed, duplicates, deadLettered, skewMs, lastReceivedAt } = tally;
    const skew = skewMs === undefined ? null : Math.round(skewMs);
    const last = lastReceivedAt === undefined ? null : new Date(lastReceivedAt);
    await scope.run((rows) =>
      rows.query(
        `INSERT INTO source_counters AS c (tenant_id, source_id, received, truncated, dropped, indexed, duplicates,
           dead_lettered, skew_ms, last_received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (tenant_id, source_id) DO UPDATE SET received = c.received + excluded.received,
           truncated = c.truncated + excluded.truncated, dropped = c.dropped + excluded.dropped,
           indexed = c.indexed + excluded.indexed, duplicates = c.duplicates + excluded.duplicates,
           dead_lettered = c.dead_lettered + excluded.dead_lettered, skew_ms = coalesce(excluded.skew_ms, c.skew_ms),
           last_received_at = greatest(excluded.last_received_at, c.last_received_at)`,
        [scope.tenantId, sourceId, received, truncated, dropped, indexed, duplicates, deadLettered, skew, last],
      ),
    );
  }

  counters(reach: TenantReach): Promise<SourceCounterEntity[]> {
    return reach.run((rows) =>
      rows
        .createQueryBuilder(SourceCounterEntity, 'c')
        .where('c.tenantId = ANY(:ids)', { ids: reach.tenantIds })
        .orderBy('c.lastReceivedAt', 'DESC', 'NULLS LAST')
        .getMany(),
    );
  }

  /** The same letter again changes nothing. */
  async bury(scope: TenantScope, letters: DeadLetterEntity[]): Promise<void> {
    await scope.run((rows) =>
      rows
        .createQueryBuilder()
        .insert()
        .into(DeadLetterEntity)
        .values(letters)
        .orIgnore()
        .updateEntity(false)
        .execute(),
    );
  }

  letters(scope: TenantScope, limit: number): Promise<DeadLetterEntity[]> {
    return scope.run((rows) =>
      rows.find(DeadLetterEntity, {
        where: { tenantId: scope.tenantId },
        order: { at: 'DESC', id: 'DESC' },
        take: limit,
      }),
    );
  }

  async refuse({ protocol, port, address, reason, count }: Refusal, at: Date): Promise<void> {
    await this.provider.login.source.query(
      `INSERT INTO refused_senders AS r VALUES ($1, $2, $3, $4, $5, $6, $6)
       ON CONFLICT (protocol, port, address, reason)
       DO UPDATE SET count = r.count + excluded.count, last_seen_at = excluded.last_seen_at`,
      [protocol, port, address, reason, count, at],
    );
  }

  refused(limit: number): Promise<RefusedSenderEntity[]> {
    return this.provider.login.source.manager.find(RefusedSenderEntity, { order: { lastSeenAt: 'DESC' }, take: limit });
  }
}
