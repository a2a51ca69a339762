import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportDue } from '#compliance/compliance.jobs.js';
import { DueReports } from '#compliance/due-reports.service.js';
import { ReportSchedules } from '#compliance/report-schedules.service.js';
import type { AssetReport } from '#compliance/report.schema.js';
import { Bulk } from '#events/bulk.js';
import { EventIndices } from '#events/event-indices.service.js';
import { EventWriter } from '#events/event-writer.service.js';
import { newId } from '#platform/ids.js';
import { JobQueues } from '#platform/job-queues.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant, type TestPerson } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

const HOUR = 3_600_000;
const UNKNOWN = '01900000-0000-7000-8000-000000000000';
const HOSTILE = '<script>alert(1)</script>';

let running: RunningApp;
let tenant: TenantScope;
let owner: TestPerson;
let stranger: TestPerson;
let receiver: Server;
let hook: string;
const told: string[] = [];

beforeAll(async () => {
  receiver = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      told.push(Buffer.concat(chunks).toString());
      answer.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  running = await startApp();
  tenant = await aTenant(running);
  owner = await aPerson(running, 'customer_owner', [tenant]);
  stranger = await aPerson(running, 'customer_owner', [await aTenant(running)]);
});

afterAll(async () => {
  await running.stop();
  await new Promise((resolve) => receiver.close(resolve));
});

type Verb = 'get' | 'post' | 'patch' | 'delete';

function call(person: TestPerson, verb: Verb, path: string, body?: object): Promise<Response> {
  const asked = request(running.url)[verb](`/api/v1/${path}`).set('Authorization', `Bearer ${person.token}`);
  return body ? asked.send(body) : asked;
}

async function made(path: string, body: object): Promise<{ id: string }> {
  const answer = await call(owner, 'post', path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

const service = <T>(type: abstract new (...parts: never[]) => T): T => running.app.get(type, { strict: false });

/** An event of an asset that one source delivered, as the pipeline writes it. */
async function keep(assetId: string, sourceId: string, category: string): Promise<void> {
  const index = await service(EventIndices).writeIndex(tenant);
  const [id, at] = [newId(), new Date(running.clock.now().getTime() - HOUR).toISOString()];
  const event = { id, original: 'x', created: at, ingested: at, kind: 'event', dataset: 'test' };
  const plantwatch = { source_id: sourceId, asset: { id: assetId }, audit_category: category, skew_ms: 100 };
  const bulk = new Bulk();
  bulk.add({ index }, id, JSON.stringify({ '@timestamp': at, message: 'x', event, plantwatch }));
  expect(await service(EventWriter).write(bulk)).toMatchObject({ indexed: 1 });
}

async function aReport(): Promise<{ id: string; assets: AssetReport[]; body: Response['body'] }> {
  const { id } = await made('reports', {});
  const { body } = await call(owner, 'get', `reports/${id}`);
  const assets = body.sites.flatMap((site: { zones: { assets: AssetReport[] }[] }) =>
    site.zones.flatMap((zone) => zone.assets),
  );
  return { id, assets, body };
}

describe('a report', () => {
  it('of a plant that nobody registered says that nothing is known', async () => {
    expect(await aReport()).toMatchObject({ assets: [], body: { verdict: 'no_evidence', totals: { assets: 0 } } });
  });

  it('tells what was seen of each asset, and what was not', async () => {
    const site = await made('sites', { name: 'North' });
    const zone = await made('zones', { siteId: site.id, name: 'Cell', slTarget: 3 });
    const plc = { zoneId: zone.id, componentType: 'embedded_device', role: 'plc' };
    const seen = await made('assets', { ...plc, name: 'PLC-7' });
    await made('assets', { ...plc, name: HOSTILE });
    const source = await made('log-sources', { kind: 'ndjson', name: 'Gateway', siteId: site.id, assetId: seen.id });
    await keep(seen.id, source.id, 'access_control');
    await keep(seen.id, source.id, 'access_control');
    await keep(seen.id, source.id, 'configuration_change');

    // What sources sent and what assets did are two questions: both have to have found the events.
    const { assets, body } = await eventually(
      aReport,
      (report) => report.body.sources[0]?.count === 3 && report.assets.some((asset) => asset.seen.length > 1),
    );
    expect(body).toMatchObject({
      verdict: 'no_evidence',
      sites: [{ name: 'North', zones: [{ name: 'Cell', slTarget: 3 }] }],
    });
    expect(assets.find((asset) => asset.name === 'PLC-7')).toMatchObject({
      seen: expect.arrayContaining([expect.objectContaining({ category: 'access_control', count: 2 })]),
      notSeen: ['request_error', 'control_system', 'backup_restore', 'audit_log'],
      silent: false,
      clock: { medianSkewMs: 100, state: 'within' },
    });
    expect(assets.find((asset) => asset.name === HOSTILE)).toMatchObject({
      silent: true,
      clock: null,
      verdict: 'no_evidence',
    });
    expect(body.sources).toEqual([expect.objectContaining({ name: 'Gateway', count: 3, verdict: 'met' })]);
  });

  it('is a page that runs nothing, whatever things are called', async () => {
    const { id } = await aReport();
    const page = await call(owner, 'get', `reports/${id}/html`);
    expect(page.type).toBe('text/html');
    expect(page.text).not.toContain('<script');
    expect(page.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const style = createHash('sha256')
      .update(page.text.split(/<\/?style>/)[1] ?? '')
      .digest('base64');
    expect(page.headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${style}'`);
  });

  it('is nobody else’s', async () => {
    const { id } = await aReport();
    for (const path of [`reports/${id}`, `reports/${id}/html`])
      expect((await call(stranger, 'get', path)).status).toBe(404);
    expect((await call(stranger, 'get', 'reports')).body.items).toEqual([]);
  });

  it('is listed, newest first, without its pages', async () => {
    const { id } = await aReport();
    const { body } = await call(owner, 'get', 'reports?limit=1');
    expect(body.items).toEqual([expect.objectContaining({ id, scheduleId: null, verdict: 'no_evidence' })]);
    expect(Object.keys(body.items[0])).not.toEqual(expect.arrayContaining(['html']));
    const next = await call(owner, 'get', `reports?limit=1&cursor=${body.next}`);
    expect(next.body.items[0].id < id).toBe(true);
  });

  it('is made for a period that has passed', async () => {
    const at = (hours: number): string => new Date(running.clock.now().getTime() + hours * HOUR).toISOString();
    const pointer = async (body: object) => (await call(owner, 'post', 'reports', body)).body.errors?.[0].pointer;
    expect(await pointer({ to: at(1) })).toBe('/to');
    expect(await pointer({ from: at(-1), to: at(-2) })).toBe('/from');
    expect(await pointer({ from: at(-24 * 500) })).toBe('/from');
    expect(await pointer({ from: 'yesterday' })).toBe('/from');
    const { id } = await made('reports', { from: at(-3), to: at(-2) });
    expect((await call(owner, 'get', `reports/${id}`)).body.totals.silentSources).toBe(0);
  });
});

describe('a schedule', () => {
  const schedulers = async () => {
    const found = await service(JobQueues).queue(reportDue.queue).getJobSchedulers();
    return new Map(found.map((scheduler) => [scheduler.key, `${scheduler.pattern} ${scheduler.tz}`]));
  };
  const reportsOf = async (scheduleId: string): Promise<{ id: string; periodFrom: string; periodTo: string }[]> => {
    const { body } = await call(owner, 'get', 'reports?limit=200');
    return body.items.filter((item: { scheduleId: string }) => item.scheduleId === scheduleId);
  };

  it('says what is wrong with its pattern, zone and channels', async () => {
    const errors = async (body: object) => (await call(owner, 'post', 'report-schedules', body)).body.errors;
    expect(await errors({ pattern: '61 6 * * *' })).toEqual([
      { pointer: '/pattern', detail: 'Invalid value for minute: 61' },
    ]);
    expect(await errors({ pattern: 'every morning' })).toMatchObject([{ pointer: '/pattern' }]);
    expect(await errors({ pattern: '0 6 * * *', timeZone: 'Mars' })).toMatchObject([{ pointer: '/timeZone' }]);
    expect(await errors({ pattern: '0 6 * * *', channelIds: [UNKNOWN] })).toMatchObject([{ pointer: '/channelIds' }]);
  });

  it('wakes a job in its own time zone, changes with it and goes with it', async () => {
    const { id } = await made('report-schedules', { pattern: '0 6 * * MON' });
    expect((await schedulers()).get(`report.${id}`)).toBe('0 6 * * MON Europe/Prague');
    await call(owner, 'patch', `report-schedules/${id}`, { pattern: '30 5 * * *', timeZone: 'Asia/Tokyo' });
    expect((await schedulers()).get(`report.${id}`)).toBe('30 5 * * * Asia/Tokyo');
    expect((await call(stranger, 'delete', `report-schedules/${id}`)).status).toBe(404);
    expect((await call(owner, 'delete', `report-schedules/${id}`)).status).toBe(204);
    expect((await schedulers()).has(`report.${id}`)).toBe(false);
  });

  it('comes back when Redis has lost it', async () => {
    const { id } = await made('report-schedules', { pattern: '0 6 * * *' });
    await service(JobQueues).stopRepeating(reportDue, `report.${id}`);
    expect((await schedulers()).has(`report.${id}`)).toBe(false);
    await service(ReportSchedules).onApplicationBootstrap();
    expect((await schedulers()).has(`report.${id}`)).toBe(true);
  });

  it('makes one report a period, tells of it once, and leaves no gap', async () => {
    const channel = await made('channels', { kind: 'webhook', name: 'Hook', target: hook });
    const { id: scheduleId } = await made('report-schedules', { pattern: '0 6 * * *', channelIds: [channel.id] });
    const due = { tenantId: tenant.tenantId, scheduleId };
    await service(JobQueues).add(reportDue, due, { id: `test.${scheduleId}` });
    const [first] = await eventually(
      () => reportsOf(scheduleId),
      (found) => found.length > 0,
    );
    const again = [1, 2, 3].map(() => service(DueReports).make(due));
    await Promise.all(again);
    expect(await reportsOf(scheduleId)).toHaveLength(1);
    await eventually(
      async () => told.length,
      (count) => count > 0,
    );

    running.clock.forward(72 * HOUR);
    await Promise.all([1, 2, 3].map(() => service(DueReports).make(due)));
    const [second, ...rest] = await reportsOf(scheduleId);
    expect(rest).toHaveLength(1);
    expect(second?.periodFrom).toBe(first?.periodTo);
    await eventually(
      async () => told.length,
      (count) => count > 1,
    );
    expect(told.map((body) => JSON.parse(body).data.report.id).toSorted()).toEqual([first?.id, second?.id].toSorted());
  });

  it('leaves its reports when it goes, and no job that fails', async () => {
    const { id: scheduleId } = await made('report-schedules', { pattern: '0 6 * * *' });
    const due = { tenantId: tenant.tenantId, scheduleId };
    await service(DueReports).make(due);
    const [report] = await reportsOf(scheduleId);
    await call(owner, 'delete', `report-schedules/${scheduleId}`);
    expect((await call(owner, 'get', `reports/${report?.id}`)).status).toBe(200);
    await service(DueReports).make(due);
    expect(await reportsOf(scheduleId)).toEqual([]);
  });
});
