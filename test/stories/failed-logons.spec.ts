import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendUdp } from '#apps/server/demo/senders.js';
import { bsdTime } from '#apps/server/demo/fresh-times.js';
import { aSite, type TestSite, type TestSource } from '#test/factories/site.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

const run = promisify(execFile);

interface AlertItem {
  id: string;
  rule: { id: string; title: string };
  group: Record<string, string>;
  count: number;
  status: string;
}

let running: RunningApp;
let site: TestSite;
let tcp: TestSource;
let udp: TestSource;

beforeAll(async () => {
  running = await startApp();
  site = await aSite(running);
  tcp = await site.source('syslog-tcp');
  udp = await site.source('syslog-udp');
  await listening(tcp.port);
});
afterAll(() => running.stop());

/** The alerts of repeated failed access for one user. */
async function alertsOf(user: string): Promise<AlertItem[]> {
  const { items } = await site.lead.get<{ items: AlertItem[] }>('/alerts?limit=200');
  return items.filter((alert) => alert.group['user.name'] === user && alert.rule.title === 'Repeated failed access');
}

const failure = (user: string, port: number): string =>
  `Failed password for ${user} from 203.0.113.9 port ${port} ssh2`;

async function logger(message: string): Promise<void> {
  await run('logger', [
    '-n',
    '127.0.0.1',
    '-P',
    String(tcp.port),
    '-T',
    '--rfc5424',
    '-p',
    'authpriv.info',
    '-t',
    'sshd',
    message,
  ]);
}

/** RFC 3164 by UDP at these times. */
async function bsd(user: string, times: Date[]): Promise<void> {
  const lines = times.map((at, index) => `<86>${bsdTime(at)} ews-02 sshd[99]: ${failure(user, 50_000 + index)}`);
  await sendUdp(udp.port, '127.0.0.1', lines);
}

/** Seconds of the minute that passed last, or of the next one by 60 and more. */
function lastMinute(...seconds: number[]): Date[] {
  const start = Math.floor((Date.now() - 180_000) / 60_000) * 60_000;
  return seconds.map((second) => new Date(start + second * 1000));
}

describe('six failed log-ons', () => {
  it('by logger over TCP raise one alert within three seconds of the last line', async () => {
    for (let n = 0; n < 6; n++) await logger(failure('alice', 40_000 + n));
    const sent = Date.now();
    const alerts = await eventually(
      () => alertsOf('alice'),
      (found) => found.length > 0,
      3000,
    );
    expect(Date.now() - sent).toBeLessThan(3000);
    expect(alerts).toMatchObject([{ count: 6, status: 'new', group: { 'source.ip': '203.0.113.9' } }]);
  });

  it('are amended by the seventh to hundredth', async () => {
    const [before] = await alertsOf('alice');
    for (let n = 6; n < 100; n++) await logger(failure('alice', 40_000 + n));
    const [after] = await eventually(
      () => alertsOf('alice'),
      ([alert]) => alert?.count === 100,
    );
    expect(after?.id).toBe(before?.id);
    expect(await alertsOf('alice')).toHaveLength(1);
  });

  it('by RFC 3164 over UDP across the edge of a minute raise one', async () => {
    await bsd('bob', lastMinute(40, 45, 50, 65, 70, 75));
    expect(
      await eventually(
        () => alertsOf('bob'),
        (found) => found.length > 0,
      ),
    ).toMatchObject([{ count: 6 }]);
  });

  it('of which no window holds six raise none', async () => {
    await bsd('carol', lastMinute(0, 13, 26, 39, 52, 65));
    await bsd('dave', lastMinute(0, 1, 2, 3, 4, 5));
    await eventually(
      () => alertsOf('dave'),
      (found) => found.length === 1,
    );
    expect(await alertsOf('carol')).toEqual([]);
  });
});
