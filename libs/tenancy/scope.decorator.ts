import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { TenantReach, TenantScope } from './tenant-scope.js';

/** What the access guard puts on a request, beside the caller. */
export interface ScopedRequest {
  scope?: TenantScope;
  reach?: TenantReach;
}

/** The tenant of this request, opened by the access guard. */
export const Scope = createParamDecorator((_data: unknown, context: ExecutionContext): TenantScope => {
  const { scope } = context.switchToHttp().getRequest<ScopedRequest>();
  if (!scope) throw new Error('This route opens no tenant.');
  return scope;
});

/** The tenants that the caller may read in this request. */
export const Reach = createParamDecorator((_data: unknown, context: ExecutionContext): TenantReach => {
  const { reach } = context.switchToHttp().getRequest<ScopedRequest>();
  if (!reach) throw new Error('This route opens no reach.');
  return reach;
});
