import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOGIN_ROLES } from '#platform/login-roles.js';
import { aWholePlant, type WholePlant } from '#test/factories/plant.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { required } from '#test/support/environment.js';

interface Table {
  name: string;
  /** The column that row-level security compares. */
  column: string;
}

let running: RunningApp;
let ours: WholePlant;
let theirs: WholePlant;
let owner: pg.Client;
let scoped: pg.Client;
let tables: Table[];

beforeAll(async () => {
  running = await startApp();
  ours = await aWholePlant(running);
  theirs = await aWholePlant(running);
  owner = new pg.Client({ connectionString: running.databaseUrl });
  const url = new URL(running.databaseUrl);
  url.username = LOGIN_ROLES.scoped;
  url.password = required('DATABASE_APP_PASSWORD');
  scoped = new pg.Client({ connectionString: url.href });
  await owner.connect();
  await scoped.connect();
  tables = await readableTables();
});

afterAll(async () => {
  await owner?.end();
  await scoped?.end();
  await running.stop();
});

/** What the application's login may touch at all, by the database's own word. */
async function readableTables(): Promise<Table[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')
       AND has_any_column_privilege('${LOGIN_ROLES.scoped}', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES') ORDER BY 1`,
  );
  return rows.map(({ name }) => ({ name, column: name === 'tenants' ? 'id' : 'tenant_id' }));
}

async function countAs(client: pg.Client, sql: string, tenantId?: string): Promise<number> {
  await client.query('BEGIN');
  if (tenantId !== undefined) await client.query("SELECT set_config('app.tenant', $1, true)", [tenantId]);
  try {
    const { rows } = await client.query<{ n: string }>(sql);
    return Number(rows[0]?.n);
  } finally {
    await client.query('ROLLBACK');
  }
}

const count = (table: Table, tenantId?: string): string =>
  `SELECT count(${table.column}) AS n FROM ${table.name}${tenantId ? ` WHERE ${table.column} = '${tenantId}'` : ''}`;

describe('every table that the application can read', () => {
  it('forces row-level security by plain equality', async () => {
    const { rows } = await owner.query<{ name: string; policy: string }>(
      `SELECT c.relname AS name, pg_get_expr(p.polqual, p.polrelid) AS policy
       FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid JOIN pg_roles r ON r.oid = ANY(p.polroles)
       WHERE c.relrowsecurity AND c.relforcerowsecurity AND r.rolname = '${LOGIN_ROLES.scoped}'`,
    );
    const policies = new Map(rows.map(({ name, policy }) => [name, policy]));
    for (const { name, column } of tables) {
      expect(policies.get(name), name).toBe(
        `(${column} = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)`,
      );
    }
  });

  it('holds rows of the other tenant, so that the tests below can fail', async () => {
    const empty = [];
    for (const table of tables) {
      if ((await countAs(owner, count(table, theirs.tenantId))) === 0) empty.push(table.name);
    }
    expect(empty).toEqual([]);
  });

  it('shows nothing while no tenant is set, an empty one, or one that does not exist', async () => {
    for (const table of tables) {
      for (const tenantId of [undefined, '', '00000000-0000-7000-8000-000000000000']) {
        expect(await countAs(scoped, count(table), tenantId), `${table.name} as ${tenantId}`).toBe(0);
      }
    }
  });

  it('shows a tenant its own rows and none of another', async () => {
    for (const table of tables) {
      expect(await countAs(scoped, count(table, theirs.tenantId), ours.tenantId), table.name).toBe(0);
      expect(await countAs(scoped, count(table, ours.tenantId), ours.tenantId), table.name).toBeGreaterThan(0);
    }
  });

  it('lets nobody write into another tenant', async () => {
    for (const { name, column } of tables) {
      const update = `WITH changed AS (UPDATE ${name} SET ${column} = ${column} WHERE ${column} = '${theirs.tenantId}' RETURNING 1) SELECT count(*) AS n FROM changed`;
      const removal = `WITH gone AS (DELETE FROM ${name} WHERE ${column} = '${theirs.tenantId}' RETURNING 1) SELECT count(*) AS n FROM gone`;
      for (const sql of [update, removal]) {
        const reached = await countAs(scoped, sql, ours.tenantId).catch((error: Error) => error.message);
        expect([0, `permission denied for table ${name}`], name).toContain(reached);
      }
    }
  });
});

describe('the application’s login', () => {
  it('owns nothing and cannot bypass', async () => {
    const { rows } = await owner.query<{ rolsuper: boolean; rolbypassrls: boolean; owned: string }>(
      `SELECT rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned
       FROM pg_roles r WHERE rolname IN ('${LOGIN_ROLES.scoped}', '${LOGIN_ROLES.provider}')`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, owned: '0' },
      { rolsuper: false, rolbypassrls: false, owned: '0' },
    ]);
  });

  it('has an entity for every tenant table, with the tenant in it', () => {
    const mapped = new Map(running.entities.map((entity) => [entity.tableName, entity.columns]));
    for (const { name, column } of tables) expect(mapped.get(name), name).toContain(column);
  });
});
