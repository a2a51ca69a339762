import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { AuditService } from '#audit/audit.service.js';
import { UserError, invalid } from '#platform/errors.js';
import { NEED, PUBLIC, type Need } from '#platform/needs.js';
import type { ScopedRequest } from '#tenancy/scope.decorator.js';
import type { CalledRequest } from './caller.decorator.js';
import type { Caller } from './caller.js';
import { CrossTenantRead } from './cross-tenant-read.service.js';
import { allows } from './permissions.js';

type GuardedRequest = Request & ScopedRequest & CalledRequest;

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who calls, may they, and for which tenant: in that order, for every route. */
@Injectable()
export class AccessGuard extends AuthGuard(['api-token', 'session-cookie']) {
  constructor(
    private readonly reflector: Reflector,
    private readonly door: CrossTenantRead,
    private readonly audit: AuditService,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.get<string | undefined>(PUBLIC, context.getHandler())) return true;
    const need = this.reflector.get<Need | undefined>(NEED, context.getHandler());
    if (!need) throw new Error('A route without a permission.');
    await super.canActivate(context);
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const caller = request.caller;
    if (!caller) throw notSignedIn();
    refuseForeignSites(request, caller);
    try {
      if (!allows(caller.role, need.permission))
        throw new UserError(403, 'not-allowed', `Your role does not include ${need.permission}.`);
      await this.openTenant(request, caller, need);
    } catch (error) {
      await this.recordRefusal(request, caller, need);
      throw error;
    }
    return true;
  }

  override getAuthenticateOptions(): object {
    return { session: false, property: 'caller' };
  }

  override handleRequest<T>(error: unknown, caller: T): T {
    if (error) throw error;
    if (!caller) throw notSignedIn();
    return caller;
  }

  private async openTenant(request: GuardedRequest, caller: Caller, need: Need): Promise<void> {
    const { tenant } = need;
    if (tenant === 'none') return;
    if (tenant === 'reach') request.reach = this.door.reach(caller, tenantField(request.query['tenant']));
    else if (typeof tenant === 'object')
      request.scope = await this.door.owner(caller, tenant.ownerOf, String(request.params['id']));
    else {
      const from = (tenant === 'query' ? request.query : request.body) as Record<string, unknown> | undefined;
      const id = tenantField(from?.['tenant']) ?? caller.tenantId;
      if (!id) throw invalid('tenant', 'is required: which tenant is meant?');
      request.scope = await this.door.scope(caller, id);
    }
  }

  private recordRefusal(request: GuardedRequest, caller: Caller, need: Need): Promise<void> {
    return this.audit.record({
      tenantId: caller.tenantId,
      actor: { kind: 'person', id: caller.personId, name: caller.name },
      action: need.permission,
      outcome: 'failure',
      ...(request.ip ? { address: request.ip } : {}),
      detail: { method: request.method, path: request.path, refused: true },
    });
  }
}

function tenantField(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalid('tenant', 'must be one id');
  return value;
}

/** A browser sends the session cookie by itself, so changes must come from our own pages (CSRF; Fetch Metadata). */
function refuseForeignSites(request: Request, caller: Caller): void {
  if (caller.authenticator !== 'session' || SAFE.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const own =
    site === undefined
      ? origin === undefined || new URL(origin).host === request.headers.host
      : site === 'same-origin' || site === 'none';
  if (!own) throw new UserError(403, 'foreign-site', 'Changes are accepted from our own pages only.');
}

function notSignedIn(): UserError {
  return new UserError(401, 'not-signed-in', 'Sign in, or send a valid token.');
}
