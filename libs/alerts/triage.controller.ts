import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Needs } from '#platform/needs.js';
import { Scope } from '#tenancy/scope.decorator.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { ActOf, type Act } from './act.decorator.js';
import { alertDetail, assignChange, claimChange, closeChange, commentChange, plainChange } from './alert.schema.js';
import type { AlertDetail, AssignChange, ClaimChange, CloseChange, CommentChange } from './alert.schema.js';
import { advance, claim, close, comment, release, reopen } from './decisions.js';
import { Triage } from './triage.service.js';

/** Each verb answers with the alert as it is then. A retried verb that has happened already changes nothing. */
@ApiTags('alerts')
@Controller('api/v1/alerts/:id')
export class TriageController {
  constructor(private readonly triage: Triage) {}

  @Post('acknowledge')
  @HttpCode(200)
  @Needs('alerts.triage', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  acknowledge(
    @Scope() scope: TenantScope,
    @ActOf() act: Act,
    @Body({ schema: plainChange }) _body: object,
  ): Promise<AlertDetail> {
    return this.triage.act(scope, act, (at) => advance(at, 'acknowledge'));
  }

  @Post('start')
  @HttpCode(200)
  @Needs('alerts.triage', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  start(
    @Scope() scope: TenantScope,
    @ActOf() act: Act,
    @Body({ schema: plainChange }) _body: object,
  ): Promise<AlertDetail> {
    return this.triage.act(scope, act, (at) => advance(at, 'start'));
  }

  @Post('claim')
  @HttpCode(200)
  @Needs('alerts.triage', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  claim(
    @Scope() scope: TenantScope,
    @ActOf() act: Act,
    @Body({ schema: claimChange }) body: ClaimChange,
  ): Promise<AlertDetail> {
    return this.triage.act(scope, act, (at) => claim(at, body));
  }

  @Post('release')
  @HttpCode(200)
  @Needs('alerts.triage', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  release(
    @Scope() scope: TenantScope,
    @ActOf() act: Act,
    @Body({ schema: plainChange }) _body: object,
  ): Promise<AlertDetail> {
    return this.triage.act(scope, act, release);
  }

  @Post('assign')
  @HttpCode(200)
  @Needs('alerts.triage', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  assign(
    @Scope() scope: TenantScope,
    @ActOf() act: Act,
    @Body({ schema: assignChange }) body: AssignChange,
  ): Promise<AlertDetail> {
    return this.triage.assign(scope, act, body.person);
  }

  @Post('comment')
  @HttpCode(200)
  @Needs('alerts.triage', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  comment(
    @Scope() scope: TenantScope,
    @ActOf() act: Act,
    @Body({ schema: commentChange }) body: CommentChange,
  ): Promise<AlertDetail> {
    return this.triage.act(scope, act, () => comment(body.text));
  }

  @Post('close')
  @HttpCode(200)
  @Needs('alerts.triage', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  close(
    @Scope() scope: TenantScope,
    @ActOf() act: Act,
    @Body({ schema: closeChange }) body: CloseChange,
  ): Promise<AlertDetail> {
    return this.triage.act(scope, act, (at) => close(at, body.verdict, body.note));
  }

  @Post('reopen')
  @HttpCode(200)
  @Needs('alerts.triage', { ownerOf: 'alerts' })
  @ApiResponse({ status: 200, standardSchema: alertDetail })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  reopen(
    @Scope() scope: TenantScope,
    @ActOf() act: Act,
    @Body({ schema: plainChange }) _body: object,
  ): Promise<AlertDetail> {
    return this.triage.act(scope, act, reopen);
  }
}
