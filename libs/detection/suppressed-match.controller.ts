import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import {
  suppressedPage,
  suppressedQuery,
  type SuppressedPage,
  type SuppressedQuery,
} from './suppressed-match.schema.js';
import { Suppressions } from './suppressions.service.js';

@Controller('api/v1/suppressed-matches')
export class SuppressedMatchController {
  constructor(private readonly suppressions: Suppressions) {}

  @Get()
  @Needs('suppressed.read', 'query')
  @ApiResponse({ status: 200, standardSchema: suppressedPage })
  list(
    @Scope() scope: TenantScope,
    @Query({ schema: suppressedQuery }) query: SuppressedQuery,
  ): Promise<SuppressedPage> {
    return this.suppressions.list(scope, query);
  }
}
