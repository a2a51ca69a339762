import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Rest } from '#apps/server/demo/rest.js';
import { freePort } from './app.js';
import { aDatabase } from './database.js';
import { eventually } from './eventually.js';

/** The built server as a process of its own, so that it can be killed. */
export interface ServerProcess {
  url: string;
  collectorPort: number;
  /** The first administrator. */
  administrator: Rest;
  pid(): number;
  start(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);

export async function aServerProcess(): Promise<ServerProcess> {
  const database = await aDatabase();
  const state = await mkdtemp(path.join(tmpdir(), 'plantwatch-'));
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
  };
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, ['dist/apps/server/main.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const ready = (): Promise<boolean> =>
      fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    await eventually(ready, Boolean, 60_000);
  };
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const remove = async (): Promise<void> => {
    await kill('SIGKILL');
    await database.drop();
    await rm(state, { recursive: true, force: true });
  };
  const { stdout } = await run(process.execPath, ['dist/apps/server/administrator.js', 'root@plantwatch.test'], {
    env,
  });
  await start();
  const administrator = new Rest(url, await tokenOf(url, stdout));
  const pid = (): number => child?.pid ?? 0;
  return { url, collectorPort, administrator, pid, start, kill, remove };
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
