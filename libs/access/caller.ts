import type { Role } from './permissions.js';

/** Who is calling, as the access guard found it. */
export interface Caller {
  personId: string;
  name: string;
  email: string;
  role: Role;
  /** A customer's own tenant; null for the provider's staff. */
  tenantId: string | null;
  /** The tenants that this person is assigned to. */
  tenantIds: string[];
  authenticator: 'session' | 'token';
}
