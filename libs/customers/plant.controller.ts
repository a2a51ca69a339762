import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { listQuery, pageOf, type Page, type PageQuery } from './page.js';
import type { ConduitEntity, SiteEntity, ZoneEntity } from './plant.entity.js';
import {
  conduitAnswer,
  conduitChange,
  newConduit,
  newSite,
  newZone,
  siteAnswer,
  siteChange,
  zoneAnswer,
  zoneChange,
  type ConduitChange,
  type NewConduit,
  type NewSite,
  type NewZone,
  type SiteChange,
  type ZoneChange,
} from './plant.schema.js';
import { Plant } from './plant.service.js';

@ApiTags('sites')
@Controller('api/v1/sites')
export class SitesController {
  constructor(private readonly plant: Plant) {}

  @Get()
  @Needs('sites.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(siteAnswer) })
  list(@Scope() scope: TenantScope, @Query({ schema: listQuery }) query: PageQuery): Promise<Page<SiteEntity>> {
    return this.plant.sites.list(scope, query);
  }

  @Post()
  @Needs('sites.write', 'body')
  @ApiResponse({ status: 201, standardSchema: siteAnswer })
  create(@Scope() scope: TenantScope, @Body({ schema: newSite }) input: NewSite): Promise<SiteEntity> {
    return this.plant.addSite(scope, input);
  }

  @Get(':id')
  @Needs('sites.read', { ownerOf: 'sites' })
  @ApiResponse({ status: 200, standardSchema: siteAnswer })
  get(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<SiteEntity> {
    return this.plant.sites.get(scope, id);
  }

  @Patch(':id')
  @Needs('sites.write', { ownerOf: 'sites' })
  @ApiResponse({ status: 200, standardSchema: siteAnswer })
  change(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: siteChange }) change: SiteChange,
  ): Promise<SiteEntity> {
    return this.plant.sites.change(scope, id, change);
  }
}

@ApiTags('zones')
@Controller('api/v1/zones')
export class ZonesController {
  constructor(private readonly plant: Plant) {}

  @Get()
  @Needs('sites.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(zoneAnswer) })
  list(@Scope() scope: TenantScope, @Query({ schema: listQuery }) query: PageQuery): Promise<Page<ZoneEntity>> {
    return this.plant.zones.list(scope, query);
  }

  @Post()
  @Needs('sites.write', 'body')
  @ApiResponse({ status: 201, standardSchema: zoneAnswer })
  create(@Scope() scope: TenantScope, @Body({ schema: newZone }) input: NewZone): Promise<ZoneEntity> {
    return this.plant.addZone(scope, input);
  }

  @Get(':id')
  @Needs('sites.read', { ownerOf: 'zones' })
  @ApiResponse({ status: 200, standardSchema: zoneAnswer })
  get(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<ZoneEntity> {
    return this.plant.zones.get(scope, id);
  }

  @Patch(':id')
  @Needs('sites.write', { ownerOf: 'zones' })
  @ApiResponse({ status: 200, standardSchema: zoneAnswer })
  change(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: zoneChange }) change: ZoneChange,
  ): Promise<ZoneEntity> {
    return this.plant.zones.change(scope, id, change);
  }
}

@ApiTags('conduits')
@Controller('api/v1/conduits')
export class ConduitsController {
  constructor(private readonly plant: Plant) {}

  @Get()
  @Needs('sites.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(conduitAnswer) })
  list(@Scope() scope: TenantScope, @Query({ schema: listQuery }) query: PageQuery): Promise<Page<ConduitEntity>> {
    return this.plant.conduits.list(scope, query);
  }

  @Post()
  @Needs('sites.write', 'body')
  @ApiResponse({ status: 201, standardSchema: conduitAnswer })
  create(@Scope() scope: TenantScope, @Body({ schema: newConduit }) input: NewConduit): Promise<ConduitEntity> {
    return this.plant.addConduit(scope, input);
  }

  @Get(':id')
  @Needs('sites.read', { ownerOf: 'conduits' })
  @ApiResponse({ status: 200, standardSchema: conduitAnswer })
  get(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<ConduitEntity> {
    return this.plant.conduits.get(scope, id);
  }

  @Patch(':id')
  @Needs('sites.write', { ownerOf: 'conduits' })
  @ApiResponse({ status: 200, standardSchema: conduitAnswer })
  change(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: conduitChange }) change: ConduitChange,
  ): Promise<ConduitEntity> {
    return this.plant.conduits.change(scope, id, change);
  }
}
