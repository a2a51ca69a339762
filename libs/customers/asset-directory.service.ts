import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { AssetIndex, type AssetVersion } from './asset-index.js';
import { AssetRepository, type AssetRows } from './asset.repository.js';
import { livedIn, type Inventory } from './inventory.js';

const FRESH_MS = 2000;

interface Known {
  version: string;
  index: AssetIndex;
}

/** Which asset an event is about. Another process's changes show within two seconds. */
@Injectable()
export class AssetDirectory {
  private readonly plants = new Map<string, Promise<Known>>();
  private checked = { at: -Infinity, done: Promise.resolve() };

  constructor(
    private readonly assets: AssetRepository,
    private readonly scopes: TenantScopes,
    private readonly clock: Clock,
  ) {}

  async index(scope: TenantScope): Promise<AssetIndex> {
    const now = this.clock.now().getTime();
    if (now >= this.checked.at + FRESH_MS) this.check(now);
    await this.checked.done;
    return (await (this.plants.get(scope.tenantId) ?? this.load(scope))).index;
  }

  /** What was in the plant at any time in `[from, to)`; places and roles as they are now. */
  async inventory(scope: TenantScope, from: Date, to: Date): Promise<Inventory> {
    const { sites, zones, assets } = await this.assets.all(scope);
    return { sites, zones, assets: assets.filter((asset) => livedIn(asset, from, to)) };
  }

  forget({ tenantId }: Pick<TenantScope, 'tenantId'>): void {
    this.plants.delete(tenantId);
  }

  private load(scope: TenantScope): Promise<Known> {
    const plant = this.assets.all(scope).then((rows) => ({ version: rows.version, index: indexOf(rows) }));
    this.plants.set(scope.tenantId, plant);
    plant.catch(() => this.forget(scope));
    return plant;
  }

  private check(at: number): void {
    this.checked = { at, done: this.forgetChanged() };
    this.checked.done.catch(() => (this.checked.at = -Infinity));
  }

  /** One question for all customers, however many. */
  private async forgetChanged(): Promise<void> {
    const plants = [...this.plants];
    if (plants.length === 0) return;
    const versions = await this.assets.versions(this.scopes.reach(plants.map(([tenantId]) => tenantId)));
    for (const [tenantId, plant] of plants) {
      if ((await plant).version !== versions.get(tenantId)) this.forget({ tenantId });
    }
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
