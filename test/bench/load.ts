import { once } from 'node:events';
import { connect } from 'node:net';
import { benchLine } from '#test/bench/lines.js';
import type { Target } from '#test/bench/latency.js';
import { freePort } from '#test/support/app.js';
import { listening } from '#test/support/listening.js';
import type { ServerProcess } from '#test/support/server-process.js';

export const TENANTS = 10;
/** Of each tenant. */
export const SOURCES = 5;
const CHUNK_LINES = 400;

/** TCP sources of some tenants, each on a port of its own. */
export async function tcpSources({ administrator }: ServerProcess): Promise<Target[]> {
  const targets: Target[] = [];
  for (let t = 0; t < TENANTS; t++) {
    const { id: tenant } = await administrator.post('/tenants', { name: `Bench ${t}`, timeZone: 'Etc/UTC' });
    const { id: siteId } = await administrator.post('/sites', { tenant, name: 'Site' });
    for (let s = 0; s < SOURCES; s++) {
      const listenPort = await freePort();
      const source = { tenant, siteId, kind: 'syslog-tcp', name: `source ${s}`, timeZone: 'Etc/UTC', listenPort };
      const { id } = await administrator.post('/log-sources', source);
      targets.push({ id, port: listenPort, tenant });
    }
  }
  for (const { port } of targets) await listening(port);
  return targets;
}

/** Each target's lines of the load, made before a clock runs. */
export function linesFor(targets: readonly Target[], load: { from: number; count: number }): string[][] {
  const at = new Date();
  const each = load.count / targets.length;
  return targets.map((_, t) =>
    Array.from({ length: each }, (_line, n) => `${benchLine(load.from + t * each + n, at)}\n`),
  );
}

/** As fast as they are taken; resolves when the collector has all of them on disk. */
export async function sendAll(targets: readonly Target[], lines: readonly string[][]): Promise<void> {
  await Promise.all(targets.map(({ port }, t) => sendLines(port, lines[t] ?? [])));
}

async function sendLines(port: number, lines: readonly string[]): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  for (let at = 0; at < lines.length; at += CHUNK_LINES) {
    if (!socket.write(lines.slice(at, at + CHUNK_LINES).join(''))) await once(socket, 'drain');
  }
  socket.end().resume();
  await once(socket, 'close');
}
