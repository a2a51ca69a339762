import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { DeadLetterEntity } from './dead-letter.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import type { Delivery, SpoolLine } from './spool-record.js';

export interface DeadLine {
  /** The event's. */
  id: string;
  line: SpoolLine;
  delivery: Delivery;
  reason: string;
}

const LONGEST_REASON = 2000;

/** Lines that cannot become events as things are, with their raw bytes and the reason. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly rows: LedgerRepository,
    private readonly scopes: TenantScopes,
    private readonly clock: Clock,
  ) {}

  async bury(dead: readonly DeadLine[]): Promise<void> {
    const at = this.clock.now();
    for (const [tenantId, lines] of Map.groupBy(dead, ({ delivery }) => delivery.tenantId)) {
      const letters = lines.map(({ id: eventId, line, delivery, reason }) => ({
        id: newId(),
        tenantId,
        sourceId: delivery.sourceId,
        eventId,
        reason: storable(reason),
        raw: line.raw,
        receivedAt: new Date(delivery.receivedAt),
        sender: delivery.sender,
        at,
        replayedAt: null,
      }));
      await this.rows.bury(await this.scopes.open(tenantId), letters);
    }
  }

  /** @throws UserError 404 */
  async get(scope: TenantScope, id: string): Promise<DeadLetterEntity> {
    const letter = await this.rows.letter(scope, id);
    if (!letter) throw notFound();
    return letter;
  }

  markReplayed(scope: TenantScope, id: string): Promise<void> {
    return this.rows.markReplayed(scope, id, this.clock.now());
  }

  list(scope: TenantScope, limit: number): Promise<DeadLetterEntity[]> {
    return this.rows.letters(scope, limit);
  }
}

/** A reason may quote the line, and PostgreSQL's text has no NUL. */
function storable(reason: string): string {
  return reason.slice(0, LONGEST_REASON).replaceAll('\0', '\uFFFD').toWellFormed();
}
