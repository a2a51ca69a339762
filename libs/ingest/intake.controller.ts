import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import type { Caller } from '#access/caller.js';
import { CallerIs } from '#access/caller.decorator.js';
import { Needs } from '#platform/needs.js';
import { Reach, Scope } from '#tenancy/scope.decorator.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { IntakeReport } from './intake-report.service.js';
import {
  collectorList,
  deadLetters,
  letterQuery,
  reachQuery,
  refusedSenders,
  sourceCounters,
  type CollectorList,
  type DeadLetterList,
  type RefusedSenders,
  type SourceCounters,
} from './intake.schema.js';
import { LetterReplay } from './letter-replay.service.js';

@Controller('api/v1')
export class IntakeController {
  constructor(
    private readonly report: IntakeReport,
    private readonly replays: LetterReplay,
  ) {}

  @Get('intake')
  @Needs('intake.read', 'reach')
  @ApiResponse({ status: 200, standardSchema: sourceCounters })
  counters(
    @Reach() reach: TenantReach,
    @Query({ schema: reachQuery }) _query: z.output<typeof reachQuery>,
  ): Promise<SourceCounters> {
    return this.report.counters(reach);
  }

  @Get('intake/refused')
  @Needs('intake.read', 'none')
  @ApiResponse({ status: 200, standardSchema: refusedSenders })
  refused(@CallerIs() caller: Caller): Promise<RefusedSenders> {
    return this.report.refused(caller);
  }

  @Get('intake/collectors')
  @Needs('intake.read', 'none')
  @ApiResponse({ status: 200, standardSchema: collectorList })
  collectors(@CallerIs() caller: Caller): Promise<CollectorList> {
    return this.report.collectors(caller);
  }

  @Get('dead-letters')
  @Needs('intake.read', 'query')
  @ApiResponse({ status: 200, standardSchema: deadLetters })
  letters(
    @Scope() scope: TenantScope,
    @Query({ schema: letterQuery }) query: z.output<typeof letterQuery>,
  ): Promise<DeadLetterList> {
    return this.report.deadLetters(scope, query.limit);
  }

  @Post('dead-letters/:id/replay')
  @HttpCode(204)
  @Needs('jobs.replay', { ownerOf: 'dead_letters' })
  replay(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    return this.replays.replay(scope, id);
  }
}
