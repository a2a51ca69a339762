import { DataSource } from 'typeorm';
import { LOGIN_ROLES } from '#platform/login-roles.js';
import { migrations } from './migrations.js';

export interface OwnerLogin {
  url: string;
  appPassword: string;
  providerPassword: string;
}

function ownerSource(url: string): DataSource {
  return new DataSource({ type: 'postgres', url, migrations, migrationsTransactionMode: 'each', entities: [] });
}

/** Makes the login roles and brings the schema up to date. Safe to run from several machines at once. */
export async function migrate(login: OwnerLogin): Promise<string[]> {
  const source = await ownerSource(login.url).initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query("SELECT pg_advisory_lock(hashtext('plantwatch.migrate'))");
    for (const [role, password] of [
      [LOGIN_ROLES.scoped, login.appPassword],
      [LOGIN_ROLES.provider, login.providerPassword],
    ] as const) {
      await runner.query(loginRole(role, password));
    }
    return (await source.runMigrations()).map((migration) => migration.name);
  } finally {
    await runner.query("SELECT pg_advisory_unlock(hashtext('plantwatch.migrate'))");
    await runner.release();
    await source.destroy();
  }
}

// ROLE takes no parameters, so the password is quoted by PostgreSQL itself.
function loginRole(role: string, password: string): string {
  const quoted = `'${password.replaceAll("'", "''")}'`;
  return `DO $role$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role}; END IF;
    EXECUTE format('ALTER ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD %L', ${quoted});
  END $role$`;
}

/**
 * The server runs on exactly the schema that it knows.
 * @throws Error that says whether to migrate or to take a newer server
 */
export async function assertSchema(url: string): Promise<void> {
  const source = await ownerSource(url).initialize();
  try {
    const known = new Set(migrations.map((migration) => migration.name));
    const [{ exists }] = await source.query<[{ exists: boolean }]>(
      "SELECT to_regclass('migrations') IS NOT NULL AS exists",
    );
    const ran = exists
      ? (await source.query<{ name: string }[]>('SELECT name FROM migrations')).map((row) => row.name)
      : [];
    const unknown = ran.filter((name) => !known.has(name));
    const pending = [...known].filter((name) => !ran.includes(name));
    if (unknown.length > 0)
      throw new Error(`The database is newer than this server (${unknown.join(', ')}): start the newer server.`);
    if (pending.length > 0)
      throw new Error(`The database is older than this server (${pending.join(', ')}): run the migrations first.`);
  } finally {
    await source.destroy();
  }
}
