import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { failedJobs, failedJobsQuery, replayBody, type FailedJobList } from './failed-job.schema.js';
import { FailedJobs } from './failed-jobs.service.js';
import { Reach } from './scope.decorator.js';
import type { TenantReach } from './tenant-scope.js';

@Controller('api/v1/failed-jobs')
export class FailedJobsController {
  constructor(private readonly jobs: FailedJobs) {}

  @Get()
  @Needs('jobs.read', 'reach')
  @ApiResponse({ status: 200, standardSchema: failedJobs })
  list(
    @Reach() reach: TenantReach,
    @Query({ schema: failedJobsQuery }) _query: z.output<typeof failedJobsQuery>,
  ): Promise<FailedJobList> {
    return this.jobs.list(reach);
  }

  @Post('replay')
  @HttpCode(204)
  @Needs('jobs.replay', 'reach')
  replay(@Reach() reach: TenantReach, @Body({ schema: replayBody }) body: z.output<typeof replayBody>): Promise<void> {
    return this.jobs.replay(reach, body.queue, body.id);
  }
}
