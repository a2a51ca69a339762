import { Controller, Get, Param, Query, Sse, type MessageEvent } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { CallerIs } from '#access/caller.decorator.js';
import type { Caller } from '#access/caller.js';
import { Needs } from '#platform/needs.js';
import { Reach, Scope } from '#tenancy/scope.decorator.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { AlertQueue, type EvidencePage } from './alert-queue.service.js';
import { AlertStream } from './alert-stream.service.js';
import {
  alertDetail,
  alertId,
  alertPage,
  alertQuery,
  evidencePage,
  evidenceQuery,
  streamQuery,
} from './alert.schema.js';
import type { AlertDetail, AlertPage, AlertQuery, EvidenceQuery } from './alert.schema.js';

@ApiTags('alerts')
@Controller('api/v1/alerts')
export class AlertController {
  constructor(
    private readonly queue: AlertQueue,
    private readonly live: AlertStream,
  ) {}

  @Get()
  @Needs('alerts.read', 'reach')
  @ApiResponse({ status: 200, standardSchema: alertPage })
  list(
    @Reach() reach: TenantReach,
    @CallerIs() caller: Caller,
    @Query({ schema: alertQuery }) query: AlertQuery,
  ): Promise<AlertPage> {
    return this.queue.page(reach, caller, query);
  }

  @Sse('stream')
  @Needs('alerts.read', 'reach')
  @ApiResponse({
    status: 200,
    description: 'Alerts as they change, as in the list; `heartbeat` every 15 seconds.',
    content: { 'text/event-stream': {} },
  })
  stream(@Reach() reach: TenantReach, @Query({ schema: streamQuery }) _query: object): Observable<MessageEvent> {
    return this.live.of(reach);
  }

  @Get(':id')
  @Needs('alerts.read', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  one(@Scope() scope: TenantScope, @Param('id', { schema: alertId }) id: string): Promise<AlertDetail> {
    return this.queue.one(scope, id);
  }

  @Get(':id/events')
  @Needs('alerts.read', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: evidencePage })
  events(
    @Scope() scope: TenantScope,
    @Param('id', { schema: alertId }) id: string,
    @Query({ schema: evidenceQuery }) query: EvidenceQuery,
  ): Promise<EvidencePage> {
    return this.queue.evidence(scope, id, query);
  }
}
