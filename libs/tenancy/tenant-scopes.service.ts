import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { ProviderDatabase, ScopedDatabase } from '#platform/database.js';
import { conflict, notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import { isCrowded, type Placement } from './placement.js';
import { ShardRepository } from './shard.repository.js';
import { TenantReach, TenantScope, type Quota, type Tenant } from './tenant-scope.js';
import { TenantRepository, type TenantChange } from './tenant.repository.js';

export type NewTenant = Pick<Tenant, 'name' | 'timeZone' | 'retentionDays'> & Partial<Quota & { placement: Placement }>;

/** The only maker of scopes. */
@Injectable()
export class TenantScopes {
  private readonly opened = new Map<string, TenantScope>();

  constructor(
    private readonly tenants: TenantRepository,
    private readonly shards: ShardRepository,
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

  /** @throws UserError 409 when Elasticsearch has no room for indices of its own */
  async create({ placement = 'dedicated', ...input }: NewTenant): Promise<TenantScope> {
    const tenant = {
      eventsPerSecond: null,
      bytesPerSecond: null,
      ...input,
      placement,
      pool: null,
      id: newId(),
      key: randomBytes(6).toString('hex'),
      createdAt: this.clock.now(),
    };
    if (placement === 'pool') await this.tenants.insertPooled({ ...tenant, pool: `pool-${tenant.key}` });
    else {
      await this.refuseWhenCrowded();
      await this.tenants.insert(tenant);
    }
    return this.open(tenant.id);
  }

  /** Other processes see it with their next look at all tenants. @throws UserError 409 as for `create` */
  async change(scope: TenantScope, change: TenantChange): Promise<TenantScope> {
    if (change.placement === 'dedicated' && scope.tenant.placement !== 'dedicated') await this.refuseWhenCrowded();
    await this.tenants.change(scope.tenantId, change);
    this.opened.delete(scope.tenantId);
    return this.open(scope.tenantId);
  }

  /** Scopes of tenants that were changed elsewhere are opened anew. */
  async list(): Promise<Tenant[]> {
    const tenants = await this.tenants.list();
    for (const tenant of tenants) {
      if (!isDeepStrictEqual(this.opened.get(tenant.id)?.tenant, tenant)) this.opened.delete(tenant.id);
    }
    return tenants;
  }

  reach(tenantIds: readonly string[]): TenantReach {
    return new TenantReach(tenantIds, this.provider);
  }

  /** Whose events may be in the same indices: the members of its pool, or the tenant alone. */
  async neighbours({ tenant }: TenantScope): Promise<TenantReach> {
    return this.reach(tenant.pool === null ? [tenant.id] : await this.tenants.idsInPool(tenant.pool));
  }

  /** Every tenant, for our own sweeps; never for a person. */
  async all(): Promise<TenantReach> {
    return this.reach((await this.tenants.list()).map((tenant) => tenant.id));
  }

  private async refuseWhenCrowded(): Promise<void> {
    const { shards, nodes } = await this.shards.count();
    if (isCrowded(shards, nodes))
      throw conflict(
        `Elasticsearch has ${shards} shards on ${nodes} node(s), as many as it carries well. Choose the placement "pool", or add a node.`,
      );
  }
}
