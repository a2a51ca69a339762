import type { Rows, ScopedDatabase, ProviderDatabase } from '#platform/database.js';
import type { Placement } from './placement.js';

/** What a tenant may send to one collector; null: the provider's quota for all. */
export interface Quota {
  eventsPerSecond: number | null;
  bytesPerSecond: number | null;
}

export interface Tenant extends Quota {
  id: string;
  name: string;
  key: string;
  timeZone: string;
  retentionDays: number;
  placement: Placement;
  /** The key of the pool in which some of its events may be. */
  pool: string | null;
}

/**
 * One tenant's own little world: the first wall. Index names, keys and WHERE clauses come from it alone; the second
 * wall, row-level security, is bound to it inside each transaction.
 */
export class TenantScope {
  constructor(
    readonly tenant: Tenant,
    private readonly database: ScopedDatabase,
    private readonly open?: Rows,
  ) {}

  get tenantId(): string {
    return this.tenant.id;
  }

  /** Runs work on the tenant's rows, in the transaction that is open or in one of its own. */
  async run<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    if (this.open) return work(this.open);
    return this.database.login.transaction({ 'app.tenant': this.tenant.id }, work);
  }

  /** Several steps in one transaction: `work` hands the scope it gets to the repositories. */
  async transaction<T>(work: (scope: TenantScope) => Promise<T>): Promise<T> {
    return this.run((rows) => work(new TenantScope(this.tenant, this.database, rows)));
  }
}

/** Reading over several tenants; made by `CrossTenantRead` for people and by `TenantScopes.all` for our own sweeps. */
export class TenantReach {
  constructor(
    readonly tenantIds: readonly string[],
    private readonly database: ProviderDatabase,
  ) {}

  async run<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    return this.database.login.transaction({ transaction_read_only: 'on' }, work);
  }
}
