import { Injectable } from '@nestjs/common';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { AssetDirectory } from './asset-directory.service.js';
import { justify, type Justification, type PlannedChange } from './change-context.js';
import type { ChangeTicketEntity, MaintenanceWindowEntity } from './change.entity.js';
import { ChangeRepository } from './change.repository.js';

/** Whether a change was expected: asked with the time of the event, so that the answer is the same whenever it is asked. */
@Injectable()
export class ChangeContext {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly directory: AssetDirectory,
  ) {}

  /** Null also for an asset that nobody knows: nothing can have been planned for it. */
  async justification(scope: TenantScope, assetId: string | null, at: Date): Promise<Justification | null> {
    if (assetId === null) return null;
    const asset = (await this.directory.index(scope)).byId(assetId, at.getTime());
    const place = { id: assetId, zoneId: asset?.zone?.id ?? null, siteId: asset?.site?.id ?? null };
    const [windows, tickets] = await Promise.all([
      this.changes.windowsAt(scope, at),
      this.changes.approvedTicketsAt(scope, at),
    ]);
    return justify([...windows.map(plannedByWindow), ...tickets.map(plannedByTicket)], place, at);
  }
}

function plannedByWindow(window: MaintenanceWindowEntity): PlannedChange {
  return { ...window, kind: 'maintenance_window' };
}

function plannedByTicket({ title, ...ticket }: ChangeTicketEntity): PlannedChange {
  return { ...ticket, kind: 'change_ticket', reason: title, zoneId: null, siteId: null };
}
