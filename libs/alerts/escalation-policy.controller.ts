import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { EscalationPolicies } from './escalation-policies.service.js';
import { newPolicy, policyChange, policyList, policyQuery, policyView } from './policy.schema.js';
import type { NewPolicy, PolicyChange, PolicyList, PolicyView } from './policy.schema.js';

@ApiTags('escalation')
@Controller('api/v1/escalation-policies')
export class EscalationPolicyController {
  constructor(private readonly policies: EscalationPolicies) {}

  @Get()
  @Needs('policies.read', 'query')
  @ApiResponse({ status: 200, standardSchema: policyList })
  list(@Scope() scope: TenantScope, @Query({ schema: policyQuery }) _query: object): Promise<PolicyList> {
    return this.policies.list(scope);
  }

  @Post()
  @Needs('policies.write', 'body')
  @ApiResponse({ status: 201, standardSchema: policyView })
  add(@Scope() scope: TenantScope, @Body({ schema: newPolicy }) policy: NewPolicy): Promise<PolicyView> {
    return this.policies.add(scope, policy);
  }

  @Patch(':id')
  @Needs('policies.write', { ownerOf: 'escalation_policies' })
  @ApiResponse({ status: 200, standardSchema: policyView })
  change(
    @Scope() scope: TenantScope,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: policyChange }) change: PolicyChange,
  ): Promise<PolicyView> {
    return this.policies.change(scope, id, change);
  }
}
