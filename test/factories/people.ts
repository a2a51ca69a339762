import { randomBytes } from 'node:crypto';
import { IdentityService } from '#access/identity.service.js';
import { PeopleService } from '#access/people.service.js';
import { isCustomerRole, type Role } from '#access/permissions.js';
import type { Placement } from '#tenancy/placement.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { RunningApp } from '#test/support/app.js';

export interface TestPerson {
  id: string;
  email: string;
  password: string;
  role: Role;
  /** `Authorization: Bearer` */
  token: string;
}

export async function aTenant(
  { app }: RunningApp,
  name = `Plant ${randomBytes(3).toString('hex')}`,
  placement: Placement = 'dedicated',
): Promise<TenantScope> {
  const tenant = { name, timeZone: 'Europe/Prague', retentionDays: 400, placement };
  return app.get(TenantScopes, { strict: false }).create(tenant);
}

/** Somebody who works for these tenants; customers' people belong to the first. */
export async function aPerson({ app }: RunningApp, role: Role, tenants: TenantScope[]): Promise<TestPerson> {
  const password = randomBytes(12).toString('base64url');
  const email = `${role}-${randomBytes(4).toString('hex')}@plantwatch.test`;
  const tenantIds = tenants.map((scope) => scope.tenantId);
  const tenantId = isCustomerRole(role) ? (tenantIds[0] ?? null) : null;
  const person = await app
    .get(PeopleService, { strict: false })
    .add({ email, name: role, role, tenantId, tenantIds, password });
  const { token } = await app.get(IdentityService, { strict: false }).issue(person.id, 'token', 'test');
  return { id: person.id, email, password, role, token };
}
