import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { aptInstall } from './apt.mjs';
import { ownFolder, serviceUser } from './home.mjs';
import { which } from './paths.mjs';

const program = () => which('redis-server', 'valkey-server');

export const redis = {
  key: 'redis',
  title: 'Redis',
  variable: 'REDIS_URL',
  example: 'redis://:password@127.0.0.1:6379/0',
  patience: 60_000,
  url: ({ ports, secrets }) => `redis://:${secrets.redis}@127.0.0.1:${ports.redis}/0`,
  prepare,
  plan,
  check,
};

async function prepare() {
  if (program()) return;
  await aptInstall(['redis-server'], {
    missing: 'Neither redis-server nor valkey-server is on the path',
    remedy: 'install one of them, start Docker, or set REDIS_URL',
    units: ['redis-server'],
  });
}

async function plan({ folder, ports, secrets }) {
  const file = join(folder, 'redis.conf');
  writeFileSync(file, configuration(ownFolder(join(folder, 'data')), ports.redis, secrets.redis), { mode: 0o600 });
  if (serviceUser.uid !== undefined) chownSync(file, serviceUser.uid, serviceUser.gid);
  return { command: program(), args: [file], marker: file };
}

// A file, because arguments can be read by everybody on the machine; it keeps its command line, by which we know it again.
const configuration = (data, port, password) => `bind 127.0.0.1
port ${port}
requirepass ${password}
dir "${data}"
daemonize no
set-proc-title no
appendonly yes
appendfsync always
save ""
maxmemory-policy noeviction
`;

async function check(url) {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
