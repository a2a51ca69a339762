import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { AssetEntity, AssetVersionEntity } from './asset.entity.js';
import { SiteEntity, ZoneEntity } from './plant.entity.js';

/** All that tells where an asset is and was. */
export interface AssetRows {
  assets: AssetEntity[];
  versions: AssetVersionEntity[];
  zones: ZoneEntity[];
  sites: SiteEntity[];
}

@Injectable()
export class AssetRepository {
  all(scope: TenantScope): Promise<AssetRows> {
    const where = { tenantId: scope.tenantId };
    return scope.run(async (rows) => ({
      assets: await rows.findBy(AssetEntity, where),
      versions: await rows.findBy(AssetVersionEntity, where),
      zones: await rows.findBy(ZoneEntity, where),
      sites: await rows.findBy(SiteEntity, where),
    }));
  }

  count(scope: TenantScope, ids: readonly string[]): Promise<number> {
    return scope.run((rows) => rows.countBy(AssetEntity, { tenantId: scope.tenantId, id: In([...ids]) }));
  }

  /** Locked until the transaction ends, so that two changes at once keep both of what was before. */
  lock(scope: TenantScope, id: string): Promise<AssetEntity | null> {
    const options = { where: { tenantId: scope.tenantId, id }, lock: { mode: 'pessimistic_write' } } as const;
    return scope.run((rows) => rows.findOne(AssetEntity, options));
  }

  async keepVersion(scope: TenantScope, version: AssetVersionEntity): Promise<void> {
    await scope.run((rows) => rows.insert(AssetVersionEntity, version));
  }
}
