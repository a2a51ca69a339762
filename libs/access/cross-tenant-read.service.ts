import { Injectable } from '@nestjs/common';
import { notFound } from '#platform/errors.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import type { Caller } from './caller.js';
import { OwnerRepository } from './owner.repository.js';

/** The one door to more than one tenant: opens only what the caller is assigned to. */
@Injectable()
export class CrossTenantRead {
  constructor(
    private readonly scopes: TenantScopes,
    private readonly owners: OwnerRepository,
  ) {}

  /** All of the caller's tenants, or the one asked for. @throws UserError 404 when it is not the caller's. */
  reach(caller: Caller, tenantId?: string): TenantReach {
    if (tenantId !== undefined && !caller.tenantIds.includes(tenantId)) throw notFound();
    return this.scopes.reach(tenantId === undefined ? caller.tenantIds : [tenantId]);
  }

  /** @throws UserError 404 when it is not the caller's. */
  scope(caller: Caller, tenantId: string): Promise<TenantScope> {
    if (!caller.tenantIds.includes(tenantId)) throw notFound();
    return this.scopes.open(tenantId);
  }

  /** The tenant that owns a row. @throws UserError 404 when there is none within the caller's reach. */
  async owner(caller: Caller, table: string, id: string): Promise<TenantScope> {
    const tenantId = await this.owners.tenantOf(this.reach(caller), table, id);
    if (!tenantId) throw notFound();
    return this.scopes.open(tenantId);
  }
}
