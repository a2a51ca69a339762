import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, MoreThan } from 'typeorm';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { TicketState } from './change-context.js';
import { ChangeTicketEntity, MaintenanceWindowEntity } from './change.entity.js';

@Injectable()
export class ChangeRepository {
  windowsAt(scope: TenantScope, at: Date): Promise<MaintenanceWindowEntity[]> {
    const where = { tenantId: scope.tenantId, startsAt: LessThanOrEqual(at), endsAt: MoreThan(at) };
    return scope.run((rows) => rows.findBy(MaintenanceWindowEntity, where));
  }

  approvedTicketsAt(scope: TenantScope, at: Date): Promise<ChangeTicketEntity[]> {
    const state: TicketState = 'approved';
    const where = { tenantId: scope.tenantId, state, startsAt: LessThanOrEqual(at), endsAt: MoreThan(at) };
    return scope.run((rows) => rows.findBy(ChangeTicketEntity, where));
  }

  /** Locked until the transaction ends, so that a ticket is decided once. */
  lockTicket(scope: TenantScope, id: string): Promise<ChangeTicketEntity | null> {
    const options = { where: { tenantId: scope.tenantId, id }, lock: { mode: 'pessimistic_write' } } as const;
    return scope.run((rows) => rows.findOne(ChangeTicketEntity, options));
  }
}
