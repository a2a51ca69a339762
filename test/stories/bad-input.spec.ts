import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendTcp, sendUdp } from '#apps/server/demo/senders.js';
import { aSite, type TestSite, type TestSource } from '#test/factories/site.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

let running: RunningApp;
let site: TestSite;
let tcp: TestSource;
let udp: TestSource;
let ndjson: TestSource;

beforeAll(async () => {
  running = await startApp();
  site = await aSite(running);
  tcp = await site.source('syslog-tcp');
  udp = await site.source('syslog-udp');
  ndjson = await site.source('ndjson');
  await listening(tcp.port);
});
afterAll(() => running.stop());

interface Found {
  event: { original: string };
  tags?: string[];
}

async function search(q: string): Promise<Found[]> {
  return (await site.owner.get<{ items: Found[] }>(`/events?limit=200&q=${encodeURIComponent(q)}`)).items;
}

function post(path: string, token: string, body: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' };
  return fetch(`http://127.0.0.1:${running.collectorPort}${path}`, { method: 'POST', headers, body });
}

describe('what no parser knows', () => {
  it('is kept with its raw text and tagged', async () => {
    await sendTcp(tcp.port, '127.0.0.1', [
      '<999>nonsense zanzibar',
      'no priority zanzibar',
      '<34>1 not-a-time zanzibar',
    ]);
    const found = await eventually(
      () => search('zanzibar'),
      (events) => events.length === 3,
    );
    expect(found.map(({ event }) => event.original).toSorted()).toEqual(
      ['<34>1 not-a-time zanzibar', '<999>nonsense zanzibar', 'no priority zanzibar'].toSorted(),
    );
    expect((await search('zanzibar tags:unparsed')).length).toBeGreaterThan(0);
  });

  it('may be binary junk, and the next line is intact', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(tcp.port, '127.0.0.1', () => {
        socket.write(Buffer.concat([randomBytes(4096), Buffer.from('\n')]));
        socket.end('<34>1 2026-11-23T00:00:00Z host app - - - afterjunk\n');
      });
      socket.on('close', () => resolve()).resume();
    });
    await sendUdp(udp.port, '127.0.0.1', [randomBytes(512).toString('latin1'), 'afterjunk by udp']);
    await eventually(
      () => search('afterjunk'),
      (events) => events.length === 2,
    );
  });

  it('may be ten megabytes long: cut, findable, and other senders are unaffected', async () => {
    const long = sendTcp(tcp.port, '127.0.0.1', [`<34>longline ${'x'.repeat(10 * 1024 * 1024)}`, '<34>afterlong']);
    await sendTcp(tcp.port, '127.0.0.1', ['<34>besidelong']);
    await long.catch(() => undefined);
    await eventually(
      () => search('besidelong'),
      (events) => events.length === 1,
    );
    await eventually(
      () => search('longline'),
      (events) => events.length === 1,
    );
  });

  it('may be half a line of JSON between whole ones', async () => {
    const answer = await post(
      '/ndjson',
      ndjson.token,
      '{"message":"halfword one"}\n{"message":"halfword two\n{"message":"halfword three"}\n',
    );
    expect(answer.ok).toBe(true);
    expect(
      await eventually(
        () => search('halfword'),
        (events) => events.length === 3,
      ),
    ).toHaveLength(3);
  });
});

describe('a sender', () => {
  it('with a wrong token, or none, is refused, counted and seen', async () => {
    expect((await post('/ndjson', 'pws_wrong_wrongwrongwrong', '{}')).status).toBe(401);
    expect(
      (await fetch(`http://127.0.0.1:${running.collectorPort}/_bulk`, { method: 'POST', body: '{}' })).status,
    ).toBe(401);
    const refused = await eventually(
      () => site.admin.get<{ items: { reason: string; count: number }[] }>('/intake/refused'),
      ({ items }) => items.length > 0,
    );
    expect(refused.items[0]?.count).toBeGreaterThan(0);
  });

  it('of a broken bulk action gets Elasticsearch’s own kind of answer', async () => {
    const broken = await post('/_bulk', ndjson.token, '{"create":\n{"message":"x"}\n');
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({
      status: 400,
      error: { type: expect.any(String), reason: expect.any(String) },
    });
    const removal = await post(
      '/_bulk',
      ndjson.token,
      '{"delete":{"_id":"1"}}\n{"create":{}}\n{"message":"besidedelete"}\n',
    );
    expect(await removal.json()).toMatchObject({
      errors: true,
      items: [{ delete: { status: 400 } }, { create: { status: 201 } }],
    });
    await eventually(
      () => search('besidedelete'),
      (events) => events.length === 1,
    );
  });
});

describe('a caller of the REST interface', () => {
  it('with a token of another tenant sees and sends nothing here', async () => {
    const other = await aSite(running);
    const theirs = await other.source('ndjson');
    await post('/ndjson', theirs.token, '{"message":"elsewhere"}\n');
    await eventually(
      () => other.owner.get<{ items: Found[] }>('/events?q=elsewhere'),
      ({ items }) => items.length === 1,
    );
    expect(await search('elsewhere')).toEqual([]);
  });

  it('is told which field of a query is unknown, and which cursor is broken', async () => {
    await expect(site.owner.get('/events?q=no.such.field:1')).rejects.toThrow(/400.*no\.such\.field/);
    await expect(site.owner.get('/events?cursor=e30.AAAA')).rejects.toThrow(/400.*cursor/);
    await expect(site.owner.get('/alerts?cursor=garbage')).rejects.toThrow(/400.*cursor/);
    await expect(site.owner.get('/alerts?limit=100000')).rejects.toThrow(/400.*limit/);
  });

  it('is told what is wrong with a rule', async () => {
    const broken = 'title: x\nid: not-a-uuid\nnosuchfield: 1\ndetection:\n  sel: {a: 1}\n  condition: other\n';
    const answer = await site.lead.post<{ ok: boolean; errors: { line: number; message: string }[] }>('/rules/check', {
      text: broken,
    });
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer.errors)).toMatch(/nosuchfield/);
    expect(answer.errors.every((error) => error.line > 0)).toBe(true);
  });
});

it('leaves the server ready', async () => {
  expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
});
