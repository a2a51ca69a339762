import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { CallerIs } from '#access/caller.decorator.js';
import type { Caller } from '#access/caller.js';
import { Needs } from '#platform/needs.js';
import { Reach, Scope } from '#tenancy/scope.decorator.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { pageOf, type Page, type PageQuery } from './page.js';
import {
  newTenant,
  tenantAnswer,
  tenantChange,
  tenantList,
  type NewTenant,
  type TenantAnswer,
  type TenantChange,
} from './tenant.schema.js';
import { Tenants } from './tenants.service.js';

@ApiTags('tenants')
@Controller('api/v1/tenants')
export class TenantsController {
  constructor(private readonly tenants: Tenants) {}

  @Get()
  @Needs('tenants.read', 'reach')
  @ApiResponse({ status: 200, standardSchema: pageOf(tenantAnswer) })
  list(@Reach() reach: TenantReach, @Query({ schema: tenantList }) query: PageQuery): Promise<Page<TenantAnswer>> {
    return this.tenants.list(reach, query);
  }

  @Post()
  @Needs('tenants.write', 'none')
  @ApiResponse({ status: 201, standardSchema: tenantAnswer })
  create(@CallerIs() caller: Caller, @Body({ schema: newTenant }) input: NewTenant): Promise<TenantAnswer> {
    return this.tenants.create(input, caller);
  }

  @Get(':id')
  @Needs('tenants.read', { ownerOf: 'tenants' })
  @ApiResponse({ status: 200, standardSchema: tenantAnswer })
  get(@Scope() scope: TenantScope): TenantAnswer {
    return this.tenants.get(scope);
  }

  @Patch(':id')
  @Needs('tenants.write', { ownerOf: 'tenants' })
  @ApiResponse({ status: 200, standardSchema: tenantAnswer })
  change(@Scope() scope: TenantScope, @Body({ schema: tenantChange }) change: TenantChange): Promise<TenantAnswer> {
    return this.tenants.change(scope, change);
  }
}
