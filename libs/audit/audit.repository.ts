import { Injectable } from '@nestjs/common';
import { ProviderDatabase } from '#platform/database.js';
import type { TenantReach } from '#tenancy/tenant-scope.js';
import { AuditRecordEntity } from './audit-record.entity.js';

export interface AuditPosition {
  at: Date;
  id: string;
}

@Injectable()
export class AuditRepository {
  constructor(private readonly provider: ProviderDatabase) {}

  async insert(record: AuditRecordEntity): Promise<void> {
    await this.provider.login.source.manager.insert(AuditRecordEntity, record);
  }

  /** Newest first: what was done to these tenants' data. */
  list(reach: TenantReach, limit: number, before?: AuditPosition): Promise<AuditRecordEntity[]> {
    return reach.run((rows) => {
      const query = rows
        .createQueryBuilder(AuditRecordEntity, 'a')
        .where('(a.tenantId = ANY(:ids) OR a.tenantIds && :ids)', { ids: reach.tenantIds })
        .orderBy('a.at', 'DESC')
        .addOrderBy('a.id', 'DESC')
        .take(limit);
      if (before) query.andWhere('(a.at, a.id) < (:at, :id)', before);
      return query.getMany();
    });
  }
}
