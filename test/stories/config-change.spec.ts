import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendTcp } from '#apps/server/demo/senders.js';
import { configurationChange } from '#test/factories/plant.js';
import { aSite, type TestSite, type TestSource } from '#test/factories/site.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

const HOUR = 3_600_000;

interface AlertItem {
  id: string;
  rule: { title: string };
  assets: { id: string }[];
}

let running: RunningApp;
let site: TestSite;
let source: TestSource;
let covered: string;
let bare: string;

beforeAll(async () => {
  running = await startApp();
  site = await aSite(running);
  source = await site.source('syslog-tcp');
  const { id: zoneId } = await site.admin.post('/zones', {
    tenant: site.tenant,
    siteId: site.siteId,
    name: 'Control',
    slTarget: 2,
  });
  const device = { tenant: site.tenant, zoneId, componentType: 'network_device', role: 'network_device' };
  covered = (await site.admin.post('/assets', { ...device, name: 'sw-covered', hostnames: ['sw-covered'] })).id;
  bare = (await site.admin.post('/assets', { ...device, name: 'sw-bare', hostnames: ['sw-bare'] })).id;
  await listening(source.port);
});
afterAll(() => running.stop());

it('is an alert unless an approved ticket covers the asset at the time of the event', async () => {
  const ticket = await site.lead.post('/change-tickets', {
    tenant: site.tenant,
    reference: 'CHG-4711',
    title: 'Replace the uplink',
    assetIds: [covered],
    startsAt: new Date(Date.now() - HOUR),
    endsAt: new Date(Date.now() + HOUR),
  });
  await site.owner.post(`/change-tickets/${ticket.id}/approve`);
  const lines = [
    configurationChange('sw-covered'),
    configurationChange('sw-bare'),
    configurationChange('sw-covered', new Date(Date.now() - 2 * HOUR)),
  ];
  await sendTcp(source.port, '127.0.0.1', lines);

  const { items } = await eventually(
    () => site.owner.get<{ items: AlertItem[] }>('/alerts'),
    (page) => page.items.length >= 2,
  );
  expect(items.map((alert) => alert.assets[0]?.id).toSorted()).toEqual([bare, covered].toSorted());
  const suppressed = await site.owner.get<{ items: Record<string, unknown>[] }>('/suppressed-matches');
  expect(suppressed.items).toHaveLength(1);
  expect(suppressed.items[0]).toMatchObject({ assetId: covered });
  expect(JSON.stringify(suppressed.items[0])).toContain('CHG-4711');
});
