import { SetMetadata } from '@nestjs/common';

/**
 * Where a route's tenant comes from.
 * `none`: no customer data · `reach`: all tenants that the caller may read · `query` / `body`: the field `tenant`
 * (a customer's own when left out) · `ownerOf`: the tenant that owns the row `:id` of that table.
 */
export type TenantFrom = 'none' | 'reach' | 'query' | 'body' | { ownerOf: string };

export interface Need {
  permission: string;
  tenant: TenantFrom;
}

export const NEED = 'plantwatch:need';
export const PUBLIC = 'plantwatch:public';

/** What a caller needs for this route. The server refuses to start with a route that says neither this nor `Public`. */
export function Needs(permission: string, tenant: TenantFrom): MethodDecorator {
  return SetMetadata(NEED, { permission, tenant } satisfies Need);
}

/** Open to anybody, for the reason given. */
export function Public(reason: string): MethodDecorator {
  return SetMetadata(PUBLIC, reason);
}
