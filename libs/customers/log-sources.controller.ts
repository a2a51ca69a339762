import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { LogSourceEntity } from './log-source.entity.js';
import {
  issuedLogSource,
  logSourceAnswer,
  logSourceChange,
  newLogSource,
  type LogSourceChange,
  type NewLogSource,
} from './log-source.schema.js';
import { LogSources, type IssuedLogSource } from './log-sources.service.js';
import { listQuery, pageOf, type Page, type PageQuery } from './page.js';

@ApiTags('log-sources')
@Controller('api/v1/log-sources')
export class LogSourcesController {
  constructor(private readonly sources: LogSources) {}

  @Get()
  @Needs('sources.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(logSourceAnswer) })
  list(@Scope() scope: TenantScope, @Query({ schema: listQuery }) query: PageQuery): Promise<Page<LogSourceEntity>> {
    return this.sources.register.list(scope, query);
  }

  @Post()
  @Needs('sources.write', 'body')
  @ApiResponse({ status: 201, standardSchema: issuedLogSource })
  create(@Scope() scope: TenantScope, @Body({ schema: newLogSource }) input: NewLogSource): Promise<IssuedLogSource> {
    return this.sources.create(scope, input);
  }

  @Get(':id')
  @Needs('sources.read', { ownerOf: 'log_sources' })
  @ApiResponse({ status: 200, standardSchema: logSourceAnswer })
  get(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<LogSourceEntity> {
    return this.sources.register.get(scope, id);
  }

  @Patch(':id')
  @Needs('sources.write', { ownerOf: 'log_sources' })
  @ApiResponse({ status: 200, standardSchema: logSourceAnswer })
  change(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: logSourceChange }) change: LogSourceChange,
  ): Promise<LogSourceEntity> {
    return this.sources.change(scope, id, change);
  }

  @Post(':id/token')
  @Needs('sources.write', { ownerOf: 'log_sources' })
  @ApiResponse({ status: 201, standardSchema: issuedLogSource })
  renewToken(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<IssuedLogSource> {
    return this.sources.renewToken(scope, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('sources.write', { ownerOf: 'log_sources' })
  remove(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    return this.sources.remove(scope, id);
  }
}
