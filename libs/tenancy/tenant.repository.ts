import { Injectable } from '@nestjs/common';
import { ProviderDatabase, type Rows } from '#platform/database.js';
import { POOL_SIZE, type Placement } from './placement.js';
import type { Quota } from './tenant-scope.js';
import { TenantEntity } from './tenant.entity.js';

export type TenantChange = Partial<Quota & { placement: Placement }>;

@Injectable()
export class TenantRepository {
  constructor(private readonly database: ProviderDatabase) {}

  private get rows(): Rows {
    return this.database.login.source.manager;
  }

  find(id: string): Promise<TenantEntity | null> {
    return this.rows.findOneBy(TenantEntity, { id });
  }

  list(): Promise<TenantEntity[]> {
    return this.rows.find(TenantEntity, { order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async idsInPool(pool: string): Promise<string[]> {
    const tenants = await this.rows.find(TenantEntity, { select: { id: true }, where: { pool } });
    return tenants.map(({ id }) => id);
  }

  async change(id: string, fields: TenantChange): Promise<void> {
    await this.rows.update(TenantEntity, { id }, fields);
  }

  async insert(tenant: TenantEntity): Promise<void> {
    await this.rows.insert(TenantEntity, tenant);
  }

  /** Into a pool of the same retention that has room, else into the one that `tenant` names. */
  async insertPooled(tenant: TenantEntity): Promise<void> {
    await this.database.login.transaction({}, async (rows) => {
      await rows.query("SELECT pg_advisory_xact_lock(hashtext('tenants.pool'))");
      const [open] = await rows.query<{ pool: string }[]>(
        `SELECT pool FROM tenants WHERE pool IS NOT NULL AND retention_days = $1
         GROUP BY pool HAVING count(*) < $2 ORDER BY pool LIMIT 1`,
        [tenant.retentionDays, POOL_SIZE],
      );
      await rows.insert(TenantEntity, { ...tenant, pool: open?.pool ?? tenant.pool });
    });
  }
}
