import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { PARSER_NAMES } from '#formats/parsers.js';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { LogSamples, type Samples } from './log-samples.service.js';
import type { TriedLine } from './parser-trial.js';
import {
  parserList,
  samples,
  samplesQuery,
  trial,
  trialAnswer,
  type SamplesQuery,
  type Trial,
} from './parsers.schema.js';

@ApiTags('parsers')
@Controller('api/v1')
export class ParsersController {
  constructor(private readonly lines: LogSamples) {}

  @Get('parsers')
  @Needs('sources.read', 'none')
  @ApiResponse({ status: 200, standardSchema: parserList })
  list(): { items: readonly string[] } {
    return { items: PARSER_NAMES };
  }

  @Post('parsers/try')
  @HttpCode(200)
  @Needs('sources.read', 'none')
  @ApiResponse({ status: 200, standardSchema: trialAnswer })
  try(@Body({ schema: trial }) input: Trial): { items: TriedLine[] } {
    return this.lines.try(input);
  }

  @Get('log-sources/:id/samples')
  @Needs('events.read', { ownerOf: 'log_sources' })
  @ApiResponse({ status: 200, standardSchema: samples })
  samples(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: samplesQuery }) query: SamplesQuery,
  ): Promise<Samples> {
    return this.lines.of(scope, id, query);
  }
}
