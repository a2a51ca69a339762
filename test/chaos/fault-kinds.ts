import { rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { required } from '#test/support/environment.js';
import type { ServerProcess } from '#test/support/server-process.js';
import { sockets, type Kills } from './channels.js';
import type { Services } from './services.js';

/** One way to disturb the server, from its beginning to when the fault is gone again. */
export interface Fault {
  name: string;
  /** @param longMs how long, where that can be chosen */
  strike: (longMs: number) => Promise<void>;
}

interface Field {
  server: ServerProcess;
  services: Services;
  kills: Kills;
  /** A small disk of its own for the spool, if there is one. */
  disk: string | undefined;
}

export function faultKinds({ server, services, kills, disk }: Field): Fault[] {
  const own = ['collector', 'all'].flatMap((name) => [
    { name: `kill ${name}`, strike: () => killServer(server, name, kills) },
    { name: `freeze ${name}`, strike: (ms: number) => freezeServer(server.pid(name), ms) },
  ]);
  const theirs = services.keys.flatMap((key) => [
    {
      name: `kill ${key}`,
      strike: async () => {
        await services.kill(key);
        await pause(500);
        await services.start(key);
      },
    },
    {
      name: `freeze ${key}`,
      strike: async (ms: number) => {
        await services.freeze(key);
        await pause(ms);
        await services.thaw(key);
      },
    },
  ]);
  const network = [
    { name: 'reset senders', strike: () => Promise.resolve(resetSenders()) },
    { name: 'cut PostgreSQL’s connections', strike: cutPostgres },
    { name: 'cut Redis’ connections', strike: cutRedis },
  ];
  const full = disk === undefined ? [] : [{ name: 'fill the disk', strike: (ms: number) => fill(disk, ms) }];
  return [...own, ...theirs, ...network, ...full];
}

async function killServer(server: ServerProcess, name: string, kills: Kills): Promise<void> {
  if (name === 'collector') {
    kills.count++;
    kills.now = true;
  }
  await server.kill('SIGKILL', name);
  kills.now = false;
  await server.start(name);
}

async function freezeServer(pid: number, ms: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await pause(ms);
  process.kill(pid, 'SIGCONT');
}

function resetSenders(): void {
  // Only plain sockets can be reset.
  for (const socket of sockets)
    if (socket instanceof TLSSocket) socket.destroy();
    else socket.resetAndDestroy();
}

async function cutPostgres(): Promise<void> {
  const client = new pg.Client({ connectionString: required('DATABASE_URL') });
  await client.connect();
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_%' AND pid <> pg_backend_pid()",
  );
  await client.end();
}

async function cutRedis(): Promise<void> {
  const client = new Redis(required('REDIS_URL'));
  await client.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  client.disconnect();
}

/** Takes all that is left of a disk, and gives it back. */
async function fill(disk: string, ms: number): Promise<void> {
  const filler = path.join(disk, 'filler');
  const { bavail, bsize } = await statfs(disk);
  await writeFile(filler, Buffer.alloc(bavail * bsize)).catch(() => undefined);
  await pause(ms);
  await rm(filler, { force: true });
}
