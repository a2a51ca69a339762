import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { invalid, notFound } from '#platform/errors.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { Assets } from './assets.service.js';
import { refusedDecision, type TicketState } from './change-context.js';
import { ChangeTicketEntity, MaintenanceWindowEntity } from './change.entity.js';
import { ChangeRepository } from './change.repository.js';
import type { NewTicket, NewWindow, WindowChange } from './change.schema.js';
import type { Register } from './register.repository.js';
import { Registers } from './registers.service.js';

/** What the customer says will change: maintenance windows, and tickets that a second person approves. */
@Injectable()
export class Changes {
  readonly windows: Register<MaintenanceWindowEntity>;
  readonly tickets: Register<ChangeTicketEntity>;

  constructor(
    registers: Registers,
    private readonly changes: ChangeRepository,
    private readonly assets: Assets,
    private readonly clock: Clock,
  ) {
    this.windows = registers.of(MaintenanceWindowEntity, 'maintenance-windows', 'DESC');
    this.tickets = registers.of(ChangeTicketEntity, 'change-tickets', 'DESC');
  }

  async openWindow(
    scope: TenantScope,
    { tenant: _, ...fields }: NewWindow,
    personId: string,
  ): Promise<MaintenanceWindowEntity> {
    await this.assets.requireAll(scope, fields.assetIds);
    return this.windows.create(scope, { ...fields, createdBy: personId });
  }

  changeWindow(scope: TenantScope, id: string, change: WindowChange): Promise<MaintenanceWindowEntity> {
    return scope.transaction(async (inner) => {
      const { startsAt, endsAt } = { ...(await this.windows.get(inner, id)), ...change };
      if (startsAt >= endsAt) throw invalid('endsAt', 'is not after startsAt');
      return this.windows.change(inner, id, change);
    });
  }

  async draftTicket(
    scope: TenantScope,
    { tenant: _, ...fields }: NewTicket,
    personId: string,
  ): Promise<ChangeTicketEntity> {
    await this.assets.requireAll(scope, fields.assetIds);
    return this.tickets.create(scope, {
      ...fields,
      state: 'draft',
      createdBy: personId,
      decidedBy: null,
      decidedAt: null,
    });
  }

  /** @throws UserError 409 when it is decided already, or when its author tries */
  decideTicket(
    scope: TenantScope,
    id: string,
    state: Exclude<TicketState, 'draft'>,
    personId: string,
  ): Promise<ChangeTicketEntity> {
    return scope.transaction(async (inner) => {
      const ticket = await this.changes.lockTicket(inner, id);
      if (!ticket) throw notFound();
      const refusal = refusedDecision(ticket, personId);
      if (refusal) throw refusal;
      return this.tickets.change(inner, id, { state, decidedBy: personId, decidedAt: this.clock.now() });
    });
  }
}
