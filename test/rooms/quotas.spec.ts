import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendTcp } from '#apps/server/demo/senders.js';
import { aSite, type TestSite, type TestSource } from '#test/factories/site.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

let running: RunningApp;
let site: TestSite;
let other: TestSite;
let http: TestSource;

beforeAll(async () => {
  running = await startApp();
  site = await aSite(running);
  other = await aSite(running);
  http = await site.source('ndjson');
  await site.admin.patch(`/tenants/${site.tenant}`, { eventsPerSecond: 100 });
  // Collectors look once a second.
  await pause(1500);
});
afterAll(() => running.stop());

const post = ({ port, token }: TestSource, lines: number): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/ndjson`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body: '{"message":"quotaword"}\n'.repeat(lines),
  });

interface Counts {
  sourceId: string;
  received: number;
  indexed: number;
  throttled: number;
  spooled: number;
}

const counts = async (of: TestSite, { id }: TestSource): Promise<Counts | undefined> =>
  (await of.owner.get<{ items: Counts[] }>('/intake')).items.find(({ sourceId }) => sourceId === id);

describe('a customer that sends more than its quota', () => {
  it('is told by HTTP to come again, and sees how often', async () => {
    const statuses: number[] = [];
    await eventually(
      async () => {
        const answer = await post(http, 1000);
        statuses.push(answer.status);
        return answer;
      },
      (answer) => answer.status === 429 && Number(answer.headers.get('Retry-After')) > 0,
    );
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(3);
    const mine = await eventually(
      () => counts(site, http),
      (row) => (row?.throttled ?? 0) > 0,
    );
    expect(mine?.received).toBe(statuses.filter((status) => status === 200).length * 1000);
  });

  it('does not slow another one', async () => {
    const theirs = await other.source('ndjson');
    for (let n = 0; n < 5; n++) expect((await post(theirs, 1000)).status).toBe(200);
    const row = await eventually(
      () => counts(other, theirs),
      (now) => now?.indexed === 5000,
    );
    expect(row).toMatchObject({ received: 5000, throttled: 0, spooled: 0 });
  });

  it('loses nothing by TCP: it is read as fast as its quota allows', async () => {
    const tcp = await site.source('syslog-tcp');
    await listening(tcp.port);
    await site.admin.patch(`/tenants/${site.tenant}`, { eventsPerSecond: 2000 });
    const lines = Array.from({ length: 30_000 }, (_, n) => `<34>1 - h a - - - tcpquota ${n}`);
    await sendTcp(tcp.port, '127.0.0.1', lines);
    const row = await eventually(
      () => counts(site, tcp),
      (now) => now?.indexed === 30_000,
      30_000,
    );
    expect(row?.throttled).toBeGreaterThan(0);
  }, 60_000);
});

it('a quota is the provider’s to set', async () => {
  const path = `/tenants/${site.tenant}`;
  await expect(site.owner.patch(path, { eventsPerSecond: null })).rejects.toThrow('403');
  await expect(site.admin.patch(path, { eventsPerSecond: 0 })).rejects.toThrow(/400.*eventsPerSecond/);
  expect(await site.admin.patch(path, { eventsPerSecond: null })).toMatchObject({ eventsPerSecond: null });
});
