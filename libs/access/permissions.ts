export const ROLES = [
  'platform_administrator',
  'soc_lead',
  'analyst',
  'detection_engineer',
  'auditor',
  'customer_owner',
  'customer_operator',
  'customer_viewer',
] as const;
export type Role = (typeof ROLES)[number];

const READ_CUSTOMER = [
  'tenants.read',
  'sites.read',
  'assets.read',
  'sources.read',
  'windows.read',
  'tickets.read',
  'events.read',
  'alerts.read',
  'policies.read',
  'channels.read',
  'rules.read',
  'suppressed.read',
  'reports.read',
] as const;

const WRITE_CUSTOMER = [
  'sites.write',
  'assets.write',
  'sources.write',
  'windows.write',
  'tickets.write',
  'tickets.approve',
  'alerts.triage',
  'policies.write',
  'channels.write',
  'reports.write',
] as const;

const ADMINISTER = [
  'tenants.write',
  'people.read',
  'people.write',
  'tokens.write',
  'audit.read',
  'intake.read',
  'jobs.read',
  'jobs.replay',
] as const;

/** Everybody who is signed in. */
const OWN = ['session.own'] as const;

export type Permission = (typeof READ_CUSTOMER | typeof WRITE_CUSTOMER | typeof ADMINISTER | typeof OWN)[number];

/**
 * Least privilege (IEC 62443-3-3 SR 2.1): a role has what is listed and nothing else. The platform administrator runs
 * the platform and does not triage; the auditor reads everything and changes nothing.
 */
const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  platform_administrator: [
    'sites.write',
    'assets.write',
    'sources.write',
    'channels.write',
    ...ADMINISTER,
    ...READ_CUSTOMER,
  ],
  soc_lead: [
    ...READ_CUSTOMER,
    ...WRITE_CUSTOMER,
    'people.read',
    'tokens.write',
    'audit.read',
    'intake.read',
    'jobs.read',
    'jobs.replay',
  ],
  analyst: [...READ_CUSTOMER, 'alerts.triage', 'windows.write', 'tickets.write', 'intake.read', 'tokens.write'],
  detection_engineer: [...READ_CUSTOMER, 'intake.read', 'jobs.read', 'jobs.replay', 'tokens.write'],
  auditor: [...READ_CUSTOMER, 'people.read', 'audit.read', 'intake.read', 'jobs.read'],
  customer_owner: [...READ_CUSTOMER, ...WRITE_CUSTOMER, 'people.read', 'tokens.write', 'audit.read', 'intake.read'],
  customer_operator: [
    ...READ_CUSTOMER,
    'windows.write',
    'tickets.write',
    'alerts.triage',
    'intake.read',
    'tokens.write',
  ],
  customer_viewer: [...READ_CUSTOMER],
};

const KNOWN = new Set<string>([...OWN, ...READ_CUSTOMER, ...WRITE_CUSTOMER, ...ADMINISTER]);

export function isPermission(name: string): name is Permission {
  return KNOWN.has(name);
}

export function permissionsOf(role: Role): readonly Permission[] {
  return [...OWN, ...ROLE_PERMISSIONS[role]];
}

export function allows(role: Role, permission: string): boolean {
  return (permissionsOf(role) as readonly string[]).includes(permission);
}

export function isCustomerRole(role: Role): boolean {
  return role.startsWith('customer_');
}
