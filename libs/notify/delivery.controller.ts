import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { Deliveries } from './deliveries.service.js';
import { deliveryPage, deliveryQuery, type DeliveryPage, type DeliveryQuery } from './delivery.schema.js';

@ApiTags('channels')
@Controller('api/v1/deliveries')
export class DeliveryController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get()
  @Needs('channels.read', 'query')
  @ApiResponse({ status: 200, standardSchema: deliveryPage })
  list(@Scope() scope: TenantScope, @Query({ schema: deliveryQuery }) query: DeliveryQuery): Promise<DeliveryPage> {
    return this.deliveries.list(scope, query);
  }
}
