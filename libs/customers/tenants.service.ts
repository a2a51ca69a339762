import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '#access/caller.js';
import { PeopleService } from '#access/people.service.js';
import { Config } from '#platform/config.js';
import { openCursor, sealCursor } from '#platform/cursor.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { Tenant, TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import type { Page, PageQuery } from './page.js';
import type { NewTenant, TenantAnswer, TenantChange } from './tenant.schema.js';

const LIST = 'tenants';

/** The customers of the provider, without the key that names their data elsewhere. */
@Injectable()
export class Tenants {
  constructor(
    private readonly scopes: TenantScopes,
    private readonly people: PeopleService,
    private readonly config: Config,
  ) {}

  async list(reach: TenantReach, { limit, cursor }: PageQuery): Promise<Page<TenantAnswer>> {
    const secret = this.config.values.PLANTWATCH_SECRET;
    const after = cursor === undefined ? '' : openCursor(secret, LIST, cursor, z.uuid());
    const all = (await this.scopes.list()).filter(({ id }) => reach.tenantIds.includes(id) && id > after);
    const items = all.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(answerOf), next: last && all.length > limit ? sealCursor(secret, LIST, last.id) : null };
  }

  get(scope: TenantScope): TenantAnswer {
    return answerOf(scope.tenant);
  }

  async change(scope: TenantScope, change: TenantChange): Promise<TenantAnswer> {
    return answerOf((await this.scopes.change(scope, change)).tenant);
  }

  /** Whoever makes a tenant works for it. */
  async create(input: NewTenant, { personId }: Pick<Caller, 'personId'>): Promise<TenantAnswer> {
    const { tenant } = await this.scopes.create(input);
    await this.people.assign(personId, tenant.id);
    return answerOf(tenant);
  }
}

function answerOf(tenant: Tenant): TenantAnswer {
  const { id, name, timeZone, retentionDays, placement, eventsPerSecond, bytesPerSecond } = tenant;
  return { id, name, timeZone, retentionDays, placement, eventsPerSecond, bytesPerSecond };
}
