import { Injectable } from '@nestjs/common';
import { ProviderDatabase, type Rows } from '#platform/database.js';
import type { Quota } from './tenant-scope.js';
import { TenantEntity } from './tenant.entity.js';

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

  async change(id: string, fields: Partial<Quota>): Promise<void> {
    await this.rows.update(TenantEntity, { id }, fields);
  }

  async insert(tenant: TenantEntity): Promise<void> {
    await this.rows.insert(TenantEntity, tenant);
  }
}
