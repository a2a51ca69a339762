import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { newId } from '#platform/ids.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { DeadLetterEntity } from './dead-letter.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import type { SpoolLine } from './spool-record.js';

export interface Rejected {
  id: string;
  line: SpoolLine;
  tenantId: string;
  sourceId: string;
}

/** Lines that Elasticsearch will not take, with their raw bytes and the reason. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly rows: LedgerRepository,
    private readonly scopes: TenantScopes,
    private readonly clock: Clock,
  ) {}

  /** @param reasons by event id */
  async bury(rejected: readonly Rejected[], reasons: ReadonlyMap<string, string>): Promise<void> {
    const at = this.clock.now();
    for (const [tenantId, ofTenant] of Map.groupBy(rejected, (document) => document.tenantId)) {
      const letters = ofTenant.map(({ id: eventId, line, sourceId }) => {
        const reason = reasons.get(eventId) ?? 'unknown';
        return { id: newId(), tenantId, sourceId, eventId, reason, raw: line.raw, at };
      });
      await this.rows.bury(await this.scopes.open(tenantId), letters);
    }
  }

  list(scope: TenantScope, limit: number): Promise<DeadLetterEntity[]> {
    return this.rows.letters(scope, limit);
  }
}
