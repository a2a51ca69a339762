import { describe, expect, it } from 'vitest';
import { ROLES, allows, isCustomerRole, isPermission, permissionsOf } from './permissions.js';

describe('roles', () => {
  it('name only permissions that exist', () => {
    for (const role of ROLES) expect(permissionsOf(role).every(isPermission)).toBe(true);
  });

  it('let auditors and viewers change nothing', () => {
    for (const role of ['auditor', 'customer_viewer'] as const) {
      expect(
        permissionsOf(role).filter((permission) => !permission.endsWith('.read') && permission !== 'session.own'),
      ).toEqual([]);
    }
  });

  it('keep administration from customers', () => {
    for (const role of ROLES.filter(isCustomerRole)) {
      for (const permission of ['tenants.write', 'people.write', 'jobs.replay'])
        expect(allows(role, permission)).toBe(false);
    }
  });

  it('keep triage from the platform administrator', () => {
    expect(allows('platform_administrator', 'alerts.triage')).toBe(false);
  });

  it('refuse what nobody declared', () => {
    expect(isPermission('alerts.everything')).toBe(false);
  });
});
