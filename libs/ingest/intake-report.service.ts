import { Injectable } from '@nestjs/common';
import type { Caller } from '#access/caller.js';
import { UserError } from '#platform/errors.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { DeadLetters } from './dead-letters.service.js';
import { IntakeStatus } from './intake-status.service.js';
import type { CollectorList, DeadLetterList, RefusedSenders, SourceCounters } from './intake.schema.js';
import { LedgerRepository } from './ledger.repository.js';

const REFUSED_SHOWN = 200;

/** What the intake has done, for people. */
@Injectable()
export class IntakeReport {
  constructor(
    private readonly rows: LedgerRepository,
    private readonly letters: DeadLetters,
    private readonly status: IntakeStatus,
  ) {}

  async counters(reach: TenantReach): Promise<SourceCounters> {
    const items = (await this.rows.counters(reach)).map((row) => ({
      tenantId: row.tenantId,
      sourceId: row.sourceId,
      received: Number(row.received),
      truncated: Number(row.truncated),
      dropped: Number(row.dropped),
      indexed: Number(row.indexed),
      duplicates: Number(row.duplicates),
      deadLettered: Number(row.deadLettered),
      skewMs: row.skewMs === null ? null : Number(row.skewMs),
      lastReceivedAt: row.lastReceivedAt?.toISOString() ?? null,
    }));
    return { items, next: null };
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
    const items = (await this.letters.list(scope, limit)).map(({ id, sourceId, eventId, reason, raw, at }) => ({
      id,
      sourceId,
      eventId,
      reason,
      raw: raw.toString('base64'),
      at: at.toISOString(),
    }));
    return { items, next: null };
  }
}

function forStaff(caller: Caller): void {
  if (caller.tenantId !== null) throw new UserError(403, 'not-allowed', 'This is for the provider’s staff.');
}
