import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Rest } from '#apps/server/demo/rest.js';
import { freePort } from './app.js';
import { aDatabase } from './database.js';
import { eventually } from './eventually.js';

/** The built server as a process of its own, or one for some of its roles each, so that they can be killed. */
export interface ServerProcess {
  url: string;
  collectorPort: number;
  /** The first administrator. */
  administrator: Rest;
  /** Where the collector keeps its spool. */
  state: string;
  pid(name?: string): number;
  start(name?: string): Promise<void>;
  kill(signal: NodeJS.Signals, name?: string): Promise<void>;
  remove(): Promise<void>;
}

export interface ProcessOptions {
  /** Roles by the name of the process that has them; the one with the API is named `all`. */
  roles?: Record<string, string>;
  /** Taken instead of a temporary folder; it is not removed. */
  state?: string;
  env?: Record<string, string>;
}

const run = promisify(execFile);

export async function aServerProcess(options: ProcessOptions = {}): Promise<ServerProcess> {
  const database = await aDatabase();
  const state = options.state ?? (await mkdtemp(path.join(tmpdir(), 'plantwatch-')));
  const { roles = { all: 'api,collector,worker,scheduler' } } = options;
  const [port, collectorPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    PLANTWATCH_STATE: state,
    PLANTWATCH_DEMO: '0',
    QUEUE_PREFIX: `t${randomBytes(6).toString('hex')}`,
    PORT: String(port),
    COLLECTOR_HTTP_PORT: String(collectorPort),
    ...options.env,
  };
  const children = new Map<string, ChildProcess>();
  const start = async (name = 'all'): Promise<void> => {
    const child = spawn(process.execPath, ['dist/apps/server/main.js'], {
      env: { ...env, ROLES: roles[name] ?? '', ...(name === 'all' ? {} : { COLLECTOR_ID: name }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.set(name, child);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-500)));
    await eventually(
      () => Promise.resolve(said.includes('Plantwatch is ready') || child.exitCode !== null),
      Boolean,
      60_000,
    );
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
  };
  const kill = async (signal: NodeJS.Signals, name = 'all'): Promise<void> => {
    const child = children.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const remove = async (): Promise<void> => {
    for (const name of children.keys()) await kill('SIGKILL', name);
    await database.drop();
    if (options.state === undefined) await rm(state, { recursive: true, force: true });
  };
  const { stdout } = await run(process.execPath, ['dist/apps/server/administrator.js', 'root@plantwatch.test'], {
    env,
  });
  for (const name of Object.keys(roles)) await start(name);
  const administrator = new Rest(url, await tokenOf(url, stdout));
  const pid = (name = 'all'): number => children.get(name)?.pid ?? 0;
  return { url, collectorPort, administrator, state, pid, start, kill, remove };
}

/** Resident bytes of the server. */
export function memoryOf(server: ServerProcess): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid()}/status`, 'utf8'))?.[1]) * 1024;
}

/** A token for whoever signs in with that e-mail address and password. */
async function tokenOf(url: string, signIn: string): Promise<string> {
  const json = { 'Content-Type': 'application/json' };
  const session = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: json, body: signIn });
  const [cookie = ''] = session.headers.getSetCookie();
  const headers = { ...json, Cookie: cookie.split(';')[0] ?? '' };
  const answer = await fetch(`${url}/api/v1/tokens`, { method: 'POST', headers, body: '{"name":"test"}' });
  return ((await answer.json()) as { token: string }).token;
}
