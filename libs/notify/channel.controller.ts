import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { channelList, channelQuery, createdChannel, newChannel, sentTest } from './channel.schema.js';
import type { ChannelList, CreatedChannel, NewChannel, SentTest } from './channel.schema.js';
import { Channels } from './channels.service.js';

@ApiTags('channels')
@Controller('api/v1/channels')
export class ChannelController {
  constructor(private readonly channels: Channels) {}

  @Get()
  @Needs('channels.read', 'query')
  @ApiResponse({ status: 200, standardSchema: channelList })
  list(@Scope() scope: TenantScope, @Query({ schema: channelQuery }) _query: object): Promise<ChannelList> {
    return this.channels.list(scope);
  }

  @Post()
  @Needs('channels.write', 'body')
  @ApiResponse({ status: 201, standardSchema: createdChannel })
  add(@Scope() scope: TenantScope, @Body({ schema: newChannel }) channel: NewChannel): Promise<CreatedChannel> {
    return this.channels.add(scope, channel);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('channels.write', { ownerOf: 'channels' })
  @ApiResponse({ status: 204 })
  remove(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    return this.channels.remove(scope, id);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Needs('channels.write', { ownerOf: 'channels' })
  @ApiResponse({ status: 202, standardSchema: sentTest })
  test(@Scope() scope: TenantScope, @Param('id', { schema: z.uuid() }) id: string): Promise<SentTest> {
    return this.channels.test(scope, id);
  }
}
