import { Body, Controller, Get, Header, Param, Post, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { listQuery, pageOf, type Page, type PageQuery } from '#customers/page.js';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { pageSecurity } from './page-security.js';
import { newReport, reportModel, reportSummary, type NewReport, type ReportModel } from './report.schema.js';
import { Reports, type ReportSummary } from './reports.service.js';

@ApiTags('reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(private readonly reports: Reports) {}

  @Get()
  @Needs('reports.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(reportSummary) })
  list(@Scope() scope: TenantScope, @Query({ schema: listQuery }) query: PageQuery): Promise<Page<ReportSummary>> {
    return this.reports.list(scope, query);
  }

  @Post()
  @Needs('reports.write', 'body')
  @ApiResponse({ status: 201, standardSchema: reportSummary })
  make(@Scope() scope: TenantScope, @Body({ schema: newReport }) input: NewReport): Promise<ReportSummary> {
    return this.reports.make(scope, input);
  }

  @Get(':id')
  @Needs('reports.read', { ownerOf: 'reports' })
  @ApiResponse({ status: 200, standardSchema: reportModel })
  model(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<ReportModel> {
    return this.reports.model(scope, id);
  }

  @Get(':id/html')
  @Needs('reports.read', { ownerOf: 'reports' })
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'One page that needs nothing else, for screen and paper.' })
  async html(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const page = await this.reports.html(scope, id);
    response.setHeader('Content-Security-Policy', pageSecurity(page));
    return page;
  }
}
