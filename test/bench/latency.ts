import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Rest } from '#apps/server/demo/rest.js';
import { benchLine } from '#test/bench/lines.js';

/** Where lines of one tenant go. */
export interface Target {
  id: string;
  port: number;
  tenant: string;
}

export interface Latency {
  eventsPerSecond: number;
  /** Socket to searchable, and socket to alert, in milliseconds. */
  searchable: Percentiles;
  alert: Percentiles;
}

export interface Percentiles {
  p50: number;
  p99: number;
  count: number;
}

const BEAT_MS = 20;
const POLL_MS = 50;
/** One more than the shipped rule for repeated failed access asks for. */
const FAILURES = 7;
const PROBE_EVERY_MS = 250;
const PATIENCE_MS = 15_000;

/**
 * Sends at a steady rate, with bursts of failed log-ons in between that each raise an alert. Elasticsearch refreshes what
 * is searched, so only the watched are asked for.
 */
export async function latencyAt(
  rate: number,
  {
    administrator,
    targets,
    seconds,
    watched,
    found,
  }: {
    administrator: Rest;
    targets: readonly Target[];
    seconds: number;
    /** How many of the targets, the first ones, are watched. */
    watched: number;
    /** How many events of the watched can be found. */
    found: () => Promise<number>;
  },
): Promise<Latency> {
  const sockets = await Promise.all(targets.map(({ port }) => opened(port)));
  const before = await found();
  /** When so many had been sent to the watched. */
  const sent: { count: number; at: number }[] = [];
  const searchable: number[] = [];
  const probes = new Map<string, number>();
  let count = 0;
  let watchedCount = 0;
  let going = true;
  const watching = (async (): Promise<void> => {
    let next = 0;
    for (let end = Infinity; Date.now() < end && (going || next < sent.length);) {
      const seen = (await found()) - before;
      const now = Date.now();
      for (let mark = sent[next]; mark && mark.count <= seen; mark = sent[++next]) searchable.push(now - mark.at);
      if (!going && end === Infinity) end = now + PATIENCE_MS;
      await pause(POLL_MS);
    }
  })();
  const began = Date.now();
  for (let probe = 0; Date.now() - began < seconds * 1000;) {
    const due = Math.floor(((Date.now() - began) / 1000) * rate) - count;
    const at = new Date();
    const lines = Array.from({ length: Math.max(0, due) }, (_, n) => `${quiet(count + n, at)}\n`);
    const share = Math.ceil(lines.length / sockets.length);
    for (const [t, socket] of sockets.entries()) socket.write(lines.slice(t * share, (t + 1) * share).join(''));
    count += lines.length;
    watchedCount += Math.min(lines.length, watched * share);
    if (Date.now() - began >= probe * PROBE_EVERY_MS) {
      const user = `probe${began}x${probe++}`;
      probes.set(user, Date.now());
      const to = probe % sockets.length;
      sockets[to]?.write(failures(user, at));
      count += FAILURES;
      if (to < watched) watchedCount += FAILURES;
    }
    sent.push({ count: watchedCount, at: at.getTime() });
    await pause(BEAT_MS);
  }
  for (const socket of sockets) socket.end();
  going = false;
  await watching;
  return {
    eventsPerSecond: Math.round(rate),
    searchable: percentiles(searchable),
    alert: percentiles(await alertTimes(administrator, targets, probes)),
  };
}

async function opened(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  return socket.resume();
}

/** The failed log-ons of the other bench are of one user each; here only the probes' raise alerts. */
function quiet(n: number, at: Date): string {
  return benchLine(n % 100 >= 97 ? n - 10 : n, at);
}

function failures(user: string, at: Date): string {
  const line = (n: number): string =>
    `<86>1 ${at.toISOString()} ews-01 sshd ${n} - - Failed password for ${user} from 203.0.113.9 port 5022 ssh2\n`;
  return Array.from({ length: FAILURES }, (_, n) => line(n)).join('');
}

async function alertTimes(
  administrator: Rest,
  targets: readonly Target[],
  probes: ReadonlyMap<string, number>,
): Promise<number[]> {
  interface Page {
    items: { rule: { name?: string; id: string }; group: Record<string, string>; raisedAt: string }[];
    next: string | null;
  }
  const first = new Map<string, number>();
  for (const tenant of new Set(targets.map((target) => target.tenant))) {
    for (let cursor = ''; ;) {
      const page = await administrator.get<Page>(`/alerts?tenant=${tenant}&limit=200${cursor}`);
      for (const { group, raisedAt } of page.items) {
        const user = group['user.name'] ?? '';
        const begun = probes.get(user);
        if (begun !== undefined) first.set(user, Math.min(first.get(user) ?? Infinity, Date.parse(raisedAt) - begun));
      }
      if (page.next === null) break;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
  }
  return [...probes.keys()].map((user) => first.get(user) ?? Infinity);
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Infinity;
  return { p50: at(0.5), p99: at(0.99), count: sorted.length };
}
