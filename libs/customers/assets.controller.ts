import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { AssetEntity } from './asset.entity.js';
import { assetAnswer, assetChange, newAsset, type AssetChange, type NewAsset } from './asset.schema.js';
import { Assets } from './assets.service.js';
import { listQuery, pageOf, type Page, type PageQuery } from './page.js';

@ApiTags('assets')
@Controller('api/v1/assets')
export class AssetsController {
  constructor(private readonly assets: Assets) {}

  @Get()
  @Needs('assets.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(assetAnswer) })
  list(@Scope() scope: TenantScope, @Query({ schema: listQuery }) query: PageQuery): Promise<Page<AssetEntity>> {
    return this.assets.register.list(scope, query);
  }

  @Post()
  @Needs('assets.write', 'body')
  @ApiResponse({ status: 201, standardSchema: assetAnswer })
  create(@Scope() scope: TenantScope, @Body({ schema: newAsset }) input: NewAsset): Promise<AssetEntity> {
    return this.assets.create(scope, input);
  }

  @Get(':id')
  @Needs('assets.read', { ownerOf: 'assets' })
  @ApiResponse({ status: 200, standardSchema: assetAnswer })
  get(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<AssetEntity> {
    return this.assets.register.get(scope, id);
  }

  @Patch(':id')
  @Needs('assets.write', { ownerOf: 'assets' })
  @ApiResponse({ status: 200, standardSchema: assetAnswer })
  change(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: assetChange }) change: AssetChange,
  ): Promise<AssetEntity> {
    return this.assets.change(scope, id, change);
  }
}
