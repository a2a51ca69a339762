import { Injectable } from '@nestjs/common';
import { ProviderDatabase } from '#platform/database.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { DeadLetterEntity } from './dead-letter.entity.js';
import type { SourceTally } from './ledger.js';
import { RefusedSenderEntity } from './refused-sender.entity.js';
import { SourceCounterEntity } from './source-counter.entity.js';

export interface Refusal {
  protocol: string;
  port: number;
  address: string;
  reason: string;
  count: number;
}

/** With the lines of the source that are in the collector's spool. */
export type SpooledTally = SourceTally & { spooled: number };

@Injectable()
export class LedgerRepository {
  constructor(private readonly provider: ProviderDatabase) {}

  /** Adds what a collector counted, once for each of its numbers, which rise. */
  async add(scope: TenantScope, by: { collector: string; number: number }, tally: SpooledTally): Promise<void> {
    const { received, truncated, dropped, throttled, indexed, duplicates, deadLettered } = tally;
    const { sourceId, spooled, skewMs, cadenceMs, lastReceivedAt } = tally;
    const counts = [received, truncated, dropped, throttled, indexed, duplicates, deadLettered];
    const last = lastReceivedAt === undefined ? null : new Date(lastReceivedAt);
    const facts = [spooled, rounded(skewMs), rounded(cadenceMs), last];
    await scope.run((rows) =>
      rows.query(
        `INSERT INTO source_counters AS c (tenant_id, source_id, collector, flush, received, truncated, dropped, throttled,
           indexed, duplicates, dead_lettered, spooled, skew_ms, cadence_ms, last_received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (tenant_id, source_id, collector) DO UPDATE SET flush = excluded.flush,
           received = c.received + excluded.received, truncated = c.truncated + excluded.truncated,
           dropped = c.dropped + excluded.dropped, throttled = c.throttled + excluded.throttled,
           indexed = c.indexed + excluded.indexed, duplicates = c.duplicates + excluded.duplicates,
           dead_lettered = c.dead_lettered + excluded.dead_lettered, spooled = excluded.spooled,
           skew_ms = coalesce(excluded.skew_ms, c.skew_ms), cadence_ms = coalesce(excluded.cadence_ms, c.cadence_ms),
           last_received_at = greatest(excluded.last_received_at, c.last_received_at)
         WHERE c.flush < excluded.flush`,
        [scope.tenantId, sourceId, by.collector, by.number, ...counts, ...facts],
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

  letter(scope: TenantScope, id: string): Promise<DeadLetterEntity | null> {
    return scope.run((rows) => rows.findOneBy(DeadLetterEntity, { tenantId: scope.tenantId, id }));
  }

  async markReplayed(scope: TenantScope, id: string, at: Date): Promise<void> {
    await scope.run((rows) => rows.update(DeadLetterEntity, { tenantId: scope.tenantId, id }, { replayedAt: at }));
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

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}
