import { LOGIN_ROLES } from '#platform/login-roles.js';

const IDENTIFIER = /^[a-z_]+$/;

/**
 * The second wall for one table: row-level security, forced, by plain equality. A query with no tenant set sees no
 * rows. The provider's login reads over all tenants and writes nothing.
 * @returns SQL statements for the migration that makes the table
 */
export function tenantTable(table: string, column = 'tenant_id', grants = 'SELECT, INSERT, UPDATE, DELETE'): string[] {
  if (!IDENTIFIER.test(table) || !IDENTIFIER.test(column))
    throw new Error(`Not a table or column name: ${table}.${column}`);
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY scoped ON ${table} TO ${LOGIN_ROLES.scoped} USING (${column} = NULLIF(current_setting('app.tenant', true), '')::uuid)`,
    `CREATE POLICY provider ON ${table} TO ${LOGIN_ROLES.provider} USING (true)`,
    `GRANT ${grants} ON ${table} TO ${LOGIN_ROLES.scoped}`,
    `GRANT SELECT ON ${table} TO ${LOGIN_ROLES.provider}`,
  ];
}

/** A table that belongs to no tenant: only the provider's login sees it. */
export function providerTable(table: string, grants = 'SELECT, INSERT, UPDATE, DELETE'): string[] {
  if (!IDENTIFIER.test(table)) throw new Error(`Not a table name: ${table}`);
  return [`GRANT ${grants} ON ${table} TO ${LOGIN_ROLES.provider}`];
}
