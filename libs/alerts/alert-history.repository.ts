import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { AlertHistoryEntity } from './alert-history.entity.js';
import type { Deed, HistoryEntry } from './history.js';

@Injectable()
export class AlertHistoryRepository {
  async add(scope: TenantScope, deed: Deed, entries: readonly HistoryEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { tenantId } = scope;
    const rowOf = ({ kind, from = null, to = null, text = null }: HistoryEntry) => ({
      ...deed,
      id: newId(),
      tenantId,
      kind,
      from,
      to,
      text,
    });
    await scope.run((rows) => rows.insert(AlertHistoryEntity, entries.map(rowOf)));
  }

  /** The newest so many, oldest first. */
  async of(scope: TenantScope, alertId: string, limit: number): Promise<AlertHistoryEntity[]> {
    const where = { tenantId: scope.tenantId, alertId };
    const order = { at: 'DESC', id: 'DESC' } as const;
    return (await scope.run((rows) => rows.find(AlertHistoryEntity, { where, order, take: limit }))).toReversed();
  }
}
