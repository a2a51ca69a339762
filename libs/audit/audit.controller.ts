import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { Reach } from '#tenancy/scope.decorator.js';
import type { TenantReach } from '#tenancy/tenant-scope.js';
import { AuditReader } from './audit-reader.service.js';
import { auditPage, auditQuery, type AuditPage } from './audit.schema.js';

@Controller('api/v1/audit-records')
export class AuditController {
  constructor(private readonly audit: AuditReader) {}

  @Get()
  @Needs('audit.read', 'reach')
  @ApiResponse({ status: 200, standardSchema: auditPage })
  list(
    @Reach() reach: TenantReach,
    @Query({ schema: auditQuery }) query: z.output<typeof auditQuery>,
  ): Promise<AuditPage> {
    return this.audit.page(reach, query);
  }
}
