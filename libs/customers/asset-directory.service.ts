import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { AssetIndex, type AssetVersion } from './asset-index.js';
import { AssetRepository, type AssetRows } from './asset.repository.js';
import { livedIn, type Inventory } from './inventory.js';

const FRESH_MS = 2000;

/** Which asset an event is about. Another process's changes show within two seconds. */
@Injectable()
export class AssetDirectory {
  private readonly indices = new Map<string, { until: number; index: Promise<AssetIndex> }>();

  constructor(
    private readonly assets: AssetRepository,
    private readonly clock: Clock,
  ) {}

  index(scope: TenantScope): Promise<AssetIndex> {
    const now = this.clock.now().getTime();
    const known = this.indices.get(scope.tenantId);
    if (known && now < known.until) return known.index;
    const index = this.assets.all(scope).then(indexOf);
    this.indices.set(scope.tenantId, { until: now + FRESH_MS, index });
    index.catch(() => this.forget(scope));
    return index;
  }

  /** What was in the plant at any time in `[from, to)`; places and roles as they are now. */
  async inventory(scope: TenantScope, from: Date, to: Date): Promise<Inventory> {
    const { sites, zones, assets } = await this.assets.all(scope);
    return { sites, zones, assets: assets.filter((asset) => livedIn(asset, from, to)) };
  }

  forget(scope: TenantScope): void {
    this.indices.delete(scope.tenantId);
  }
}

function indexOf({ assets, versions, zones, sites }: AssetRows): AssetIndex {
  const siteOf = new Map(sites.map(({ id, name }) => [id, { id, name }]));
  const places = new Map(
    zones.flatMap(({ id, name, siteId }) => {
      const site = siteOf.get(siteId);
      return site ? [[id, { id, name, site }] as const] : [];
    }),
  );
  const past = versions.map(({ assetId, facts, validFrom, validTo }) => ({
    ...facts,
    assetId,
    ...span(validFrom, validTo),
  }));
  const present: AssetVersion[] = assets.map(({ id, validFrom, validTo, ...facts }) => ({
    ...facts,
    assetId: id,
    ...span(validFrom, validTo),
  }));
  return new AssetIndex([...past, ...present], places);
}

function span(from: Date | null, to: Date | null): Pick<AssetVersion, 'validFrom' | 'validTo'> {
  return { validFrom: from?.getTime() ?? null, validTo: to?.getTime() ?? null };
}
