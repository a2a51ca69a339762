import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerIs } from '#access/caller.decorator.js';
import type { Caller } from '#access/caller.js';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { ChangeTicketEntity, MaintenanceWindowEntity } from './change.entity.js';
import {
  newTicket,
  newWindow,
  ticketAnswer,
  windowAnswer,
  windowChange,
  type NewTicket,
  type NewWindow,
  type WindowChange,
} from './change.schema.js';
import { Changes } from './changes.service.js';
import { listQuery, pageOf, type Page, type PageQuery } from './page.js';

@ApiTags('maintenance-windows')
@Controller('api/v1/maintenance-windows')
export class MaintenanceWindowsController {
  constructor(private readonly changes: Changes) {}

  @Get()
  @Needs('windows.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(windowAnswer) })
  list(
    @Scope() scope: TenantScope,
    @Query({ schema: listQuery }) query: PageQuery,
  ): Promise<Page<MaintenanceWindowEntity>> {
    return this.changes.windows.list(scope, query);
  }

  @Post()
  @Needs('windows.write', 'body')
  @ApiResponse({ status: 201, standardSchema: windowAnswer })
  create(
    @Scope() scope: TenantScope,
    @CallerIs() caller: Caller,
    @Body({ schema: newWindow }) input: NewWindow,
  ): Promise<MaintenanceWindowEntity> {
    return this.changes.openWindow(scope, input, caller.personId);
  }

  @Get(':id')
  @Needs('windows.read', { ownerOf: 'maintenance_windows' })
  @ApiResponse({ status: 200, standardSchema: windowAnswer })
  get(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<MaintenanceWindowEntity> {
    return this.changes.windows.get(scope, id);
  }

  @Patch(':id')
  @Needs('windows.write', { ownerOf: 'maintenance_windows' })
  @ApiResponse({ status: 200, standardSchema: windowAnswer })
  change(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: windowChange }) change: WindowChange,
  ): Promise<MaintenanceWindowEntity> {
    return this.changes.changeWindow(scope, id, change);
  }
}

@ApiTags('change-tickets')
@Controller('api/v1/change-tickets')
export class ChangeTicketsController {
  constructor(private readonly changes: Changes) {}

  @Get()
  @Needs('tickets.read', 'query')
  @ApiResponse({ status: 200, standardSchema: pageOf(ticketAnswer) })
  list(@Scope() scope: TenantScope, @Query({ schema: listQuery }) query: PageQuery): Promise<Page<ChangeTicketEntity>> {
    return this.changes.tickets.list(scope, query);
  }

  @Post()
  @Needs('tickets.write', 'body')
  @ApiResponse({ status: 201, standardSchema: ticketAnswer })
  create(
    @Scope() scope: TenantScope,
    @CallerIs() caller: Caller,
    @Body({ schema: newTicket }) input: NewTicket,
  ): Promise<ChangeTicketEntity> {
    return this.changes.draftTicket(scope, input, caller.personId);
  }

  @Get(':id')
  @Needs('tickets.read', { ownerOf: 'change_tickets' })
  @ApiResponse({ status: 200, standardSchema: ticketAnswer })
  get(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<ChangeTicketEntity> {
    return this.changes.tickets.get(scope, id);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Needs('tickets.approve', { ownerOf: 'change_tickets' })
  @ApiResponse({ status: 200, standardSchema: ticketAnswer })
  approve(
    @Scope() scope: TenantScope,
    @CallerIs() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<ChangeTicketEntity> {
    return this.changes.decideTicket(scope, id, 'approved', caller.personId);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Needs('tickets.approve', { ownerOf: 'change_tickets' })
  @ApiResponse({ status: 200, standardSchema: ticketAnswer })
  reject(
    @Scope() scope: TenantScope,
    @CallerIs() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<ChangeTicketEntity> {
    return this.changes.decideTicket(scope, id, 'rejected', caller.personId);
  }
}
