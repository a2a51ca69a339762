import { Injectable } from '@nestjs/common';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { ConduitEntity, SiteEntity, ZoneEntity } from './plant.entity.js';
import type { NewConduit, NewSite, NewZone } from './plant.schema.js';
import type { Register } from './register.repository.js';
import { Registers } from './registers.service.js';

/** Sites, their zones, and the conduits between zones (IEC 62443-3-2). */
@Injectable()
export class Plant {
  readonly sites: Register<SiteEntity>;
  readonly zones: Register<ZoneEntity>;
  readonly conduits: Register<ConduitEntity>;

  constructor(registers: Registers) {
    this.sites = registers.of(SiteEntity, 'sites');
    this.zones = registers.of(ZoneEntity, 'zones');
    this.conduits = registers.of(ConduitEntity, 'conduits');
  }

  addSite(scope: TenantScope, { name, timeZone = scope.tenant.timeZone }: NewSite): Promise<SiteEntity> {
    return this.sites.create(scope, { name, timeZone });
  }

  addZone(scope: TenantScope, { siteId, name, slTarget }: NewZone): Promise<ZoneEntity> {
    return this.zones.create(scope, { siteId, name, slTarget });
  }

  addConduit(scope: TenantScope, { fromZoneId, toZoneId, services }: NewConduit): Promise<ConduitEntity> {
    return this.conduits.create(scope, { fromZoneId, toZoneId, services });
  }
}
