import { Controller, Get } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { ruleCoverage, type RuleCoverageAnswer } from './rule-coverage.schema.js';
import { RuleCoverage } from './rule-coverage.service.js';

@ApiTags('rules')
@Controller('api/v1/tenants')
export class RuleCoverageController {
  constructor(private readonly coverage: RuleCoverage) {}

  @Get(':id/rule-coverage')
  @Needs('rules.read', { ownerOf: 'tenants' })
  @ApiResponse({ status: 200, standardSchema: ruleCoverage })
  report(@Scope() scope: TenantScope): Promise<RuleCoverageAnswer> {
    return this.coverage.report(scope);
  }
}
