import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { listQuery, pageOf, type Page, type PageQuery } from '#customers/page.js';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import {
  newSchedule,
  scheduleAnswer,
  scheduleChange,
  type NewSchedule,
  type ScheduleChange,
} from './report-schedule.schema.js';
import { ReportSchedules } from './report-schedules.service.js';
import type { ReportScheduleEntity } from './report.entity.js';

@ApiTags('report-schedules')
@Controller('api/v1/report-schedules')
export class ReportSchedulesController {
  constructor(private readonly schedules: ReportSchedules) {}

  @Get()
  @Needs('reports.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(scheduleAnswer) })
  list(
    @Scope() scope: TenantScope,
    @Query({ schema: listQuery }) query: PageQuery,
  ): Promise<Page<ReportScheduleEntity>> {
    return this.schedules.list(scope, query);
  }

  @Post()
  @Needs('reports.write', 'body')
  @ApiResponse({ status: 201, standardSchema: scheduleAnswer })
  create(
    @Scope() scope: TenantScope,
    @Body({ schema: newSchedule }) input: NewSchedule,
  ): Promise<ReportScheduleEntity> {
    return this.schedules.create(scope, input);
  }

  @Get(':id')
  @Needs('reports.read', { ownerOf: 'report_schedules' })
  @ApiResponse({ status: 200, standardSchema: scheduleAnswer })
  get(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<ReportScheduleEntity> {
    return this.schedules.get(scope, id);
  }

  @Patch(':id')
  @Needs('reports.write', { ownerOf: 'report_schedules' })
  @ApiResponse({ status: 200, standardSchema: scheduleAnswer })
  change(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: scheduleChange }) change: ScheduleChange,
  ): Promise<ReportScheduleEntity> {
    return this.schedules.change(scope, id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('reports.write', { ownerOf: 'report_schedules' })
  remove(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    return this.schedules.remove(scope, id);
  }
}
