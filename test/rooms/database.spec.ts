import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { Database } from '#platform/database.js';
import { aDatabase } from '#test/support/database.js';

it('a connection that ends while nobody listens to it ends nothing else', async () => {
  const made = await aDatabase();
  const { username, password } = new URL(made.url);
  const login = { url: made.url, user: username, password, entities: [], poolSize: 2 };
  const database = await Database.connect(login);
  const pool = Reflect.get(database.source.driver, 'master') as Pool;
  const taken = await pool.connect();
  const ended = new Promise((resolve) => taken.once('end', resolve));
  const { rows } = await taken.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await database.transaction({}, (all) => all.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]));
  await ended;
  taken.release(true);
  expect(await database.transaction({}, (all) => all.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  await database.close();
  await made.drop();
});
