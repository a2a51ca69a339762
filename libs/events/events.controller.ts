import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { EcsEvent } from '#ecs/event.js';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { EventSearch, type EventPage } from './event-search.service.js';
import { eventDocument, eventId, eventPage, eventQuery, oneEventQuery, type EventQuery } from './event.schema.js';

@Controller('api/v1/events')
export class EventsController {
  constructor(private readonly events: EventSearch) {}

  @Get()
  @Needs('events.read', 'query')
  @ApiResponse({ status: 200, standardSchema: eventPage })
  list(@Scope() scope: TenantScope, @Query({ schema: eventQuery }) query: EventQuery): Promise<EventPage> {
    return this.events.search(scope, query, query);
  }

  @Get(':id')
  @Needs('events.read', 'query')
  @ApiResponse({ status: 200, standardSchema: eventDocument })
  one(
    @Scope() scope: TenantScope,
    @Param('id', { schema: eventId }) id: string,
    @Query({ schema: oneEventQuery }) _query: object,
  ): Promise<EcsEvent> {
    return this.events.one(scope, id);
  }
}
