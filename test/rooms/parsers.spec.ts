import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventSearch } from '#events/event-search.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

let running: RunningApp;
let scope: TenantScope;
let token: string;

beforeAll(async () => {
  running = await startApp();
  scope = await aTenant(running);
  ({ token } = await aPerson(running, 'soc_lead', [scope]));
});
afterAll(() => running.stop());

async function call(method: 'get' | 'post' | 'patch', path: string, body?: object, status = 200) {
  const answer = await request(running.url)
    [method](`/api/v1${path}`)
    .set('Authorization', `Bearer ${token}`)
    .send(body);
  expect([answer.status, answer.body]).toEqual([status, expect.anything()]);
  return answer.body;
}

const FAILED = '<86>1 2026-11-23T09:00:00Z ews-1 sshd 7 - - Failed password for root from 10.0.0.9 port 22 ssh2';

describe('pasted lines', () => {
  it('are parsed as one source would send them, headings and all', async () => {
    const lines = [
      '#separator \\x09',
      '#path\tmodbus',
      '#fields\tts\tid.orig_h\tfunc',
      '1700000000.000000\t10.0.0.1\tREAD_COILS',
    ];
    const { items } = await call('post', '/parsers/try', { lines: [FAILED, ...lines, 'no format at all'] });
    expect(items[0]).toMatchObject({ raw: FAILED, parser: 'sshd', conflicts: [], event: { user: { name: 'root' } } });
    expect(items[4]).toMatchObject({ parser: 'zeek', event: { source: { ip: '10.0.0.1' } } });
    expect(items[5]).toMatchObject({ parser: null, event: { tags: expect.arrayContaining(['unparsed']) } });
  });

  it('show which other format has them for its own', async () => {
    const line = '<13>Nov 23 10:00:00 h haproxy[1]: CEF:0|Nozomi Networks|N2OS|1|x|y|3|src=10.0.0.1';
    const { items } = await call('post', '/parsers/try', { lines: [line] });
    expect(items[0]).toMatchObject({ parser: 'cef', conflicts: ['haproxy'] });
  });

  it('may be given a parser, a zone and a time of receipt', async () => {
    const input = { lines: ['Nov 23 10:00:00 h x: y'], timeZone: 'Europe/Prague', receivedAt: '2020-12-01T00:00:00Z' };
    const { items } = await call('post', '/parsers/try', { ...input, parser: 'sshd' });
    expect(items[0].event).toMatchObject({ '@timestamp': '2020-11-23T09:00:00.000Z' });
  });

  it('are refused with the field that is wrong', async () => {
    for (const [field, input] of [
      ['parser', { lines: ['x'], parser: 'nonesuch' }],
      ['lines', { lines: [] }],
      ['timeZone', { lines: ['x'], timeZone: 'Mars/Base' }],
    ] as const) {
      const { errors } = await call('post', '/parsers/try', input, 400);
      expect(errors[0].pointer).toBe(`/${field}`);
    }
  });
});

describe('samples of a log source', () => {
  let source: { id: string; token: string };

  beforeAll(async () => {
    const tenant = scope.tenantId;
    const { id: siteId } = await call('post', '/sites', { tenant, name: 'Site' }, 201);
    source = await call('post', '/log-sources', { tenant, siteId, kind: 'ndjson', name: 'mixed' }, 201);
    const lines = [
      FAILED,
      FAILED.replace('root', 'op'),
      '<189>1 2026-11-23T09:00:01Z sw - - - - %SYS-5-RESTART: x',
      'what',
    ];
    const body = lines.map((message) => JSON.stringify({ message })).join('\n');
    const sent = await fetch(`http://127.0.0.1:${running.collectorPort}/ndjson`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${source.token}`, 'Content-Type': 'application/x-ndjson' },
      body,
    });
    expect(sent.status).toBe(200);
    const search = running.app.get(EventSearch, { strict: false });
    const range = { from: new Date(0), to: new Date(Date.now() + 60_000), limit: 10 };
    await eventually(
      () => search.sourceSample(scope, source.id, range),
      ({ events }) => events.length === 4,
    );
  });

  it('show each line beside what was read from it, and which parsers read the source', async () => {
    const answer = await call('get', `/log-sources/${source.id}/samples?hours=2160`);
    expect(answer.pinned).toBeNull();
    expect(answer.items).toHaveLength(4);
    expect(answer.items.map(({ parser }: { parser: string | null }) => parser)).toContain('sshd');
    expect(answer.parsers[0]).toMatchObject({ name: 'sshd', count: 2 });
    expect(answer.parsers.map(({ name }: { name: string }) => name)).toContain('cisco-ios');
  });

  it('belong to whoever may read the tenant', async () => {
    const stranger = await aPerson(running, 'analyst', [await aTenant(running)]);
    const { status } = await request(running.url)
      .get(`/api/v1/log-sources/${source.id}/samples`)
      .set('Authorization', `Bearer ${stranger.token}`);
    expect(status).toBe(404);
  });

  it('tell when a pinned parser does not understand the lines; only a known one can be pinned', async () => {
    const { errors } = await call('patch', `/log-sources/${source.id}`, { parser: 'nonesuch' }, 400);
    expect(errors[0]).toMatchObject({ pointer: '/parser', detail: expect.stringContaining('sshd') });
    expect(await call('patch', `/log-sources/${source.id}`, { parser: 'zeek' })).toMatchObject({ parser: 'zeek' });
    expect((await call('get', `/log-sources/${source.id}/samples`)).pinned).toBe('zeek');
    expect(await call('patch', `/log-sources/${source.id}`, { parser: null })).toMatchObject({ parser: null });
  });
});
