import { Injectable } from '@nestjs/common';
import type { TenantReach } from '#tenancy/tenant-scope.js';

const TABLE = /^[a-z_]+$/;

@Injectable()
export class OwnerRepository {
  async tenantOf(reach: TenantReach, table: string, id: string): Promise<string | undefined> {
    if (!TABLE.test(table)) throw new Error(`Not a table name: ${table}`);
    const column = table === 'tenants' ? 'id' : 'tenant_id';
    const sql = `SELECT ${column} AS tenant FROM ${table} WHERE id::text = $1 AND ${column} = ANY($2)`;
    const found = await reach.run((rows) => rows.query<{ tenant: string }[]>(sql, [id, reach.tenantIds]));
    return found[0]?.tenant;
  }
}
