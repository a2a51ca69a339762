import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { ProviderDatabase, ScopedDatabase } from '#platform/database.js';
import { notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import { TenantReach, TenantScope, type Quota, type Tenant } from './tenant-scope.js';
import { TenantRepository } from './tenant.repository.js';

export type NewTenant = Pick<Tenant, 'name' | 'timeZone' | 'retentionDays'> & Partial<Quota>;

/** The only maker of scopes. */
@Injectable()
export class TenantScopes {
  private readonly opened = new Map<string, TenantScope>();

  constructor(
    private readonly tenants: TenantRepository,
    private readonly scoped: ScopedDatabase,
    private readonly provider: ProviderDatabase,
    private readonly clock: Clock,
  ) {}

  /** @throws UserError 404 when there is no such tenant. */
  async open(tenantId: string): Promise<TenantScope> {
    const known = this.opened.get(tenantId);
    if (known) return known;
    const tenant = await this.tenants.find(tenantId);
    if (!tenant) throw notFound();
    const scope = new TenantScope(tenant, this.scoped);
    this.opened.set(tenantId, scope);
    return scope;
  }

  async create(input: NewTenant): Promise<TenantScope> {
    const unlimited = { eventsPerSecond: null, bytesPerSecond: null };
    const tenant = {
      ...unlimited,
      ...input,
      id: newId(),
      key: randomBytes(6).toString('hex'),
      createdAt: this.clock.now(),
    };
    await this.tenants.insert(tenant);
    return this.open(tenant.id);
  }

  /** Other processes see it with their next look at all tenants. */
  async change(scope: TenantScope, quota: Partial<Quota>): Promise<TenantScope> {
    await this.tenants.change(scope.tenantId, quota);
    this.opened.delete(scope.tenantId);
    return this.open(scope.tenantId);
  }

  list(): Promise<Tenant[]> {
    return this.tenants.list();
  }

  reach(tenantIds: readonly string[]): TenantReach {
    return new TenantReach(tenantIds, this.provider);
  }

  /** Every tenant, for our own sweeps; never for a person. */
  async all(): Promise<TenantReach> {
    return this.reach((await this.tenants.list()).map((tenant) => tenant.id));
  }
}
