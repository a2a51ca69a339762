import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { invalid, notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { AssetDirectory } from './asset-directory.service.js';
import { AssetEntity } from './asset.entity.js';
import { AssetRepository } from './asset.repository.js';
import type { AssetChange, NewAsset } from './asset.schema.js';
import type { Register } from './register.repository.js';
import { Registers } from './registers.service.js';

@Injectable()
export class Assets {
  readonly register: Register<AssetEntity>;

  constructor(
    registers: Registers,
    private readonly assets: AssetRepository,
    private readonly directory: AssetDirectory,
    private readonly clock: Clock,
  ) {
    this.register = registers.of(AssetEntity, 'assets');
  }

  async create(scope: TenantScope, { tenant: _, ...fields }: NewAsset): Promise<AssetEntity> {
    inOrder(fields.validFrom, fields.validTo);
    const asset = await this.register.create(scope, fields);
    this.directory.forget(scope);
    return asset;
  }

  /** Keeps what the asset was until now, so that an event is always read with what was true at its time. */
  async change(
    scope: TenantScope,
    id: string,
    { validFrom = this.clock.now(), ...fields }: AssetChange,
  ): Promise<AssetEntity> {
    const changed = await scope.transaction(async (inner) => {
      const before = await this.assets.lock(inner, id);
      if (!before) throw notFound();
      if (before.validFrom && validFrom < before.validFrom) {
        throw invalid('validFrom', `is before the last change at ${before.validFrom.toISOString()}`);
      }
      inOrder(validFrom, fields.validTo ?? before.validTo);
      const {
        id: assetId,
        tenantId,
        validFrom: since,
        name,
        role,
        componentType,
        criticality,
        zoneId,
        addresses,
        hostnames,
        macs,
        serialNumbers,
      } = before;
      const facts = { name, role, componentType, criticality, zoneId, addresses, hostnames, macs, serialNumbers };
      await this.assets.keepVersion(inner, {
        id: newId(),
        tenantId,
        assetId,
        facts,
        validFrom: since,
        validTo: validFrom,
      });
      return this.register.change(inner, id, { ...fields, validFrom });
    });
    this.directory.forget(scope);
    return changed;
  }

  /** @throws UserError 400 naming `assetIds` when one of them is not an asset of this tenant */
  async requireAll(scope: TenantScope, assetIds: readonly string[]): Promise<void> {
    const ids = [...new Set(assetIds)];
    if (ids.length > 0 && (await this.assets.count(scope, ids)) < ids.length)
      throw invalid('assetIds', 'names an asset that is not known here');
  }
}

function inOrder(from: Date | null, to: Date | null): void {
  if (from && to && to < from) throw invalid('validTo', 'is before validFrom');
}
