import { Module } from '@nestjs/common';
import { AssetDirectory } from './asset-directory.service.js';
import { AssetRepository } from './asset.repository.js';
import { AssetsController } from './assets.controller.js';
import { Assets } from './assets.service.js';
import { ChangeContext } from './change-context.service.js';
import { ChangeRepository } from './change.repository.js';
import { ChangeTicketsController, MaintenanceWindowsController } from './changes.controller.js';
import { Changes } from './changes.service.js';
import { LogSourceRepository } from './log-source.repository.js';
import { LogSourcesController } from './log-sources.controller.js';
import { LogSources } from './log-sources.service.js';
import { ConduitsController, SitesController, ZonesController } from './plant.controller.js';
import { KnownParsers } from './known-parsers.service.js';
import { Plant } from './plant.service.js';
import { Registers } from './registers.service.js';
import { TenantsController } from './tenants.controller.js';
import { Tenants } from './tenants.service.js';

const services = [AssetDirectory, Assets, ChangeContext, Changes, KnownParsers, LogSources, Plant, Registers, Tenants];

@Module({
  controllers: [
    TenantsController,
    SitesController,
    ZonesController,
    ConduitsController,
    AssetsController,
    LogSourcesController,
    MaintenanceWindowsController,
    ChangeTicketsController,
  ],
  providers: [AssetRepository, ChangeRepository, LogSourceRepository, ...services],
  exports: services,
})
export class CustomersModule {}
