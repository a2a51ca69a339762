import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '#apps/server/schema.js';
import { required } from './environment.js';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: required('DATABASE_URL') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of one's own, migrated. */
export async function aDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(`CREATE DATABASE ${name}`);
  const url = new URL(required('DATABASE_URL'));
  url.pathname = `/${name}`;
  await migrate({
    url: url.href,
    appPassword: required('DATABASE_APP_PASSWORD'),
    providerPassword: required('DATABASE_PROVIDER_PASSWORD'),
  });
  return { url: url.href, drop: () => asOwner(`DROP DATABASE ${name} WITH (FORCE)`) };
}
