import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { AssetEntity, AssetVersionEntity } from './asset.entity.js';
import { PlantVersionEntity } from './plant-version.entity.js';
import { SiteEntity, ZoneEntity } from './plant.entity.js';

/** All that tells where an asset is and was. */
export interface AssetRows {
  /** Of the plant, as it was before the rest was read. */
  version: string;
  assets: AssetEntity[];
  versions: AssetVersionEntity[];
  zones: ZoneEntity[];
  sites: SiteEntity[];
}

const NEVER_CHANGED = '0';

@Injectable()
export class AssetRepository {
  /** Versions of the plants by tenant. */
  async versions(reach: TenantReach): Promise<Map<string, string>> {
    const found = await reach.run((rows) => rows.findBy(PlantVersionEntity, { tenantId: In([...reach.tenantIds]) }));
    const versions = new Map(found.map(({ tenantId, version }) => [tenantId, version]));
    return new Map(reach.tenantIds.map((id) => [id, versions.get(id) ?? NEVER_CHANGED]));
  }

  all(scope: TenantScope): Promise<AssetRows> {
    const where = { tenantId: scope.tenantId };
    return scope.run(async (rows) => ({
      version: (await rows.findOneBy(PlantVersionEntity, where))?.version ?? NEVER_CHANGED,
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
