import { readFile } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestCertificate } from '#test/support/certificates.js';

/** Lines that one channel sends at once. */
export const CHUNK = 50;
/** A divisor of the chunk: each user fails ten times in one, and the rules raise one alert a user. */
export const USERS = 5;
const EVERY_MS = 400;
const PATIENCE_MS = 5000;

/** What a channel needs to know of the plant it sends to. */
export interface Target {
  /** Of the channel's source; the collector's for HTTP. */
  port: number;
  token: string;
  certificate?: TestCertificate;
}

/** Whether the collector was killed in between: an end that the kernel made says nothing. */
export interface Kills {
  count: number;
  /** One is under way. */
  now: boolean;
}

export type ChannelName = 'tcp' | 'tls' | 'relp' | 'udp' | 'ndjson' | 'bulk' | 'otlp';

/** Sends a chunk of numbered lines. @returns the numbers whose line the server acknowledged */
export type Send = (target: Target, from: number, kills: Kills) => Promise<number[]>;

/** Milliseconds since 1970 of line 0; the lines of a channel are a quarter of a second apart. */
const START = Date.parse('2026-11-20T00:00:00Z');

export function line(channel: string, n: number): string {
  const at = new Date(START + n * 250).toISOString();
  return `<86>1 ${at} ews-01 sshd ${n} - - Failed password for ${channel}${n % USERS} from 203.0.113.9 port 22 ssh2`;
}

/** @returns the channel and the number of a line */
export function numberOf(text: string): { channel: string; n: number } | undefined {
  const [, n, channel] = /ews-01 sshd (\d+) - - Failed password for ([a-z]+)\d /.exec(text) ?? [];
  return channel === undefined ? undefined : { channel, n: Number(n) };
}

const numbers = (from: number): number[] => Array.from({ length: CHUNK }, (_, n) => from + n);
const lines = (channel: string, from: number): string[] => numbers(from).map((n) => line(channel, n));

/** Sockets in use, for faults that cut them. */
export const sockets = new Set<Socket>();

/** The server closes its side when the lines are on its disk. */
function closedInPeace(socket: Socket, kills: Kills): Promise<boolean> {
  const before = kills.count;
  sockets.add(socket);
  return new Promise((resolve) => {
    let ended = false;
    const timer = setTimeout(() => socket.destroy(), PATIENCE_MS * 4);
    socket.on('end', () => (ended = !kills.now && kills.count === before)).on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      sockets.delete(socket);
      resolve(ended && !kills.now && kills.count === before);
    });
    socket.resume();
  });
}

const tcp: Send = async ({ port }, from, kills) => {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
    socket.end(`${lines('tcp', from).join('\n')}\n`),
  );
  return (await closedInPeace(socket, kills)) ? numbers(from) : [];
};

const tls: Send = async ({ port, certificate }, from, kills) => {
  const { cert = '', key = '' } = certificate ?? {};
  const own = { cert: await readFile(cert), key: await readFile(key) };
  const frames = lines('tls', from).map((text) => `${text.length} ${text}`);
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...own }, () =>
    socket.end(frames.join('')),
  );
  return (await closedInPeace(socket, kills)) ? numbers(from) : [];
};

const relp: Send = async ({ port }, from, kills) => {
  const frames = lines('relp', from).map((text, at) => `${at + 2} syslog ${text.length} ${text}\n`);
  let answers = '';
  const socket = connect({ port, host: '127.0.0.1' }, () =>
    socket.write(`1 open 14 relp_version=0\n${frames.join('')}${CHUNK + 2} close 0\n`),
  );
  socket.on('data', (chunk: Buffer) => (answers += chunk.toString()));
  await closedInPeace(socket, kills);
  return [...answers.matchAll(/^(\d+) rsp 6 200 OK$/gm)].map(([, transaction]) => from + Number(transaction) - 2);
};

const udp: Send = async ({ port }, from) => {
  const socket = createSocket('udp4');
  for (const text of lines('udp', from))
    await new Promise<void>((resolve) => socket.send(text, port, '127.0.0.1', () => resolve()));
  socket.close();
  return [];
};

async function post({ port, token }: Target, path: string, body: string, more: Record<string, string> = {}) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson', ...more };
  const url = `http://127.0.0.1:${port}${path}`;
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await answer.text();
    return answer.ok ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Again until it is taken: the key makes it the same lines. */
const ndjson: Send = async (target, from) => {
  const body = lines('ndjson', from).map((message) => JSON.stringify({ message }));
  const key = { 'Idempotency-Key': `chunk-${from}` };
  while ((await post(target, '/ndjson', body.join('\n'), key)) === undefined) await pause(200);
  return numbers(from);
};

const bulk: Send = async (target, from) => {
  const rows = numbers(from).map(
    (n) => `{"create":{"_id":"line-${n}"}}\n${JSON.stringify({ message: line('bulk', n) })}\n`,
  );
  for (;;) {
    const answer = await post(target, '/_bulk', rows.join(''));
    if (answer !== undefined) return numbers(from);
    await pause(200);
  }
};

const otlp: Send = async (target, from) => {
  const logRecords = lines('otlp', from).map((stringValue) => ({ body: { stringValue } }));
  const body = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
  const answer = await post(target, '/v1/logs', body, { 'Content-Type': 'application/json' });
  return answer === undefined ? [] : numbers(from);
};

export const CHANNELS: Readonly<Record<ChannelName, Send>> = { tcp, tls, relp, udp, ndjson, bulk, otlp };

/** Sends chunk after chunk until it is told to stop. @returns how many lines were sent, and which were acknowledged */
export async function pour(
  send: Send,
  target: Target,
  { kills, stopping, everyMs = EVERY_MS }: { kills: Kills; stopping: () => boolean; everyMs?: number },
): Promise<{ sent: number; acknowledged: Set<number> }> {
  const acknowledged = new Set<number>();
  let from = 0;
  for (; !stopping(); from += CHUNK) {
    for (const n of await send(target, from, kills)) acknowledged.add(n);
    if (everyMs > 0) await pause(everyMs);
  }
  return { sent: from, acknowledged };
}
