import { Injectable } from '@nestjs/common';
import type { Caller } from '#access/caller.js';
import { UserError } from '#platform/errors.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { DeadLetters } from './dead-letters.service.js';
import { IntakeStatus } from './intake-status.service.js';
import type { CollectorList, DeadLetterList, RefusedSenders, SourceCounters } from './intake.schema.js';
import { LedgerRepository } from './ledger.repository.js';
import type { SourceCounterEntity } from './source-counter.entity.js';

const REFUSED_SHOWN = 200;

/** What the intake has done, for people. */
@Injectable()
export class IntakeReport {
  constructor(
    private readonly rows: LedgerRepository,
    private readonly letters: DeadLetters,
    private readonly status: IntakeStatus,
  ) {}

  /** Over all collectors. */
  async counters(reach: TenantReach): Promise<SourceCounters> {
    const rows = Map.groupBy(await this.rows.counters(reach), ({ sourceId }) => sourceId);
    return { items: [...rows.values()].map(totalOf), next: null };
  }

  /** Strangers belong to no tenant: only the provider's staff see them. @throws UserError 403 */
  async refused(caller: Caller): Promise<RefusedSenders> {
    forStaff(caller);
    const items = (await this.rows.refused(REFUSED_SHOWN)).map(
      ({ protocol, port, address, reason, count, firstSeenAt, lastSeenAt }) => ({
        protocol,
        port,
        address,
        reason,
        count: Number(count),
        firstSeenAt: firstSeenAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      }),
    );
    return { items, next: null };
  }

  /** Collectors serve all tenants: only the provider's staff see how they are. @throws UserError 403 */
  async collectors(caller: Caller): Promise<CollectorList> {
    forStaff(caller);
    return { items: await this.status.all(), next: null };
  }

  async deadLetters(scope: TenantScope, limit: number): Promise<DeadLetterList> {
    const items = (await this.letters.list(scope, limit)).map(
      ({ id, sourceId, eventId, reason, raw, at, replayedAt }) => ({
        id,
        sourceId,
        eventId,
        reason,
        raw: raw.toString('base64'),
        at: at.toISOString(),
        replayedAt: replayedAt?.toISOString() ?? null,
      }),
    );
    return { items, next: null };
  }
}

function forStaff(caller: Caller): void {
  if (caller.tenantId !== null) throw new UserError(403, 'not-allowed', 'This is for the provider’s staff.');
}

/** @param rows of one source, the one that received last in front */
function totalOf(rows: readonly SourceCounterEntity[]): SourceCounters['items'][number] {
  const [first] = rows;
  const sum = (count: (row: SourceCounterEntity) => string): number =>
    rows.reduce((total, row) => total + Number(count(row)), 0);
  return {
    tenantId: first?.tenantId ?? '',
    sourceId: first?.sourceId ?? '',
    received: sum((row) => row.received),
    truncated: sum((row) => row.truncated),
    dropped: sum((row) => row.dropped),
    throttled: sum((row) => row.throttled),
    indexed: sum((row) => row.indexed),
    duplicates: sum((row) => row.duplicates),
    deadLettered: sum((row) => row.deadLettered),
    spooled: sum((row) => row.spooled),
    skewMs: first?.skewMs == null ? null : Number(first.skewMs),
    cadenceMs: first?.cadenceMs == null ? null : Number(first.cadenceMs),
    lastReceivedAt: first?.lastReceivedAt?.toISOString() ?? null,
  };
}
