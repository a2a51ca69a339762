import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { Bulk } from '#events/bulk.js';
import { EventIndices } from '#events/event-indices.service.js';
import { EventSearch } from '#events/event-search.service.js';
import { EventWriter } from '#events/event-writer.service.js';
import { RuleCatalogue } from '#detection/rule-catalogue.service.js';
import type { RuleCoverageAnswer } from '#detection/rule-coverage.schema.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

let running: RunningApp;
let scope: TenantScope;
let other: TenantScope;
let token: string;

beforeAll(async () => {
  running = await startApp();
  scope = await aTenant(running);
  other = await aTenant(running);
  ({ token } = await aPerson(running, 'analyst', [scope, other]));
});
afterAll(() => running.stop());

async function write(...events: EcsEvent[]): Promise<void> {
  const index = await running.app.get(EventIndices, { strict: false }).writeIndex(scope);
  const bulk = new Bulk();
  for (const event of events) bulk.add({ index }, event.event.id ?? '', JSON.stringify(event));
  await running.app.get(EventWriter, { strict: false }).write(bulk);
  await eventually(
    () =>
      running.app.get(EventSearch, { strict: false }).byIds(
        scope,
        events.map(({ event }) => event.id ?? ''),
      ),
    (found) => found.length === events.length,
  );
}

async function coverage({ tenantId }: TenantScope): Promise<RuleCoverageAnswer> {
  const { status, body } = await request(running.url)
    .get(`/api/v1/tenants/${tenantId}/rule-coverage`)
    .set('Authorization', `Bearer ${token}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return body as RuleCoverageAnswer;
}

const idOf = (name: string): string =>
  running.app
    .get(RuleCatalogue, { strict: false })
    .list()
    .find(({ source }) => source.includes(`name: ${name}\n`))!.id;

it('without events no rule can fire', async () => {
  const { rules, silent } = await coverage(scope);
  expect(rules).toBeGreaterThan(20);
  expect(silent).toHaveLength(rules);
});

it('names what the events of the tenant lack, and nothing that they have', async () => {
  const at = '2026-11-23T10:00:00.000Z';
  const base = { kind: 'event', original: 'x', created: at } as const;
  await write(
    {
      '@timestamp': at,
      message: 'm',
      event: { ...base, id: 'zeek-1', module: 'zeek', dataset: 'zeek.rdp', category: ['network'] },
      source: { ip: '192.0.2.1' },
    },
    { '@timestamp': at, message: 'm', event: { ...base, id: 'ios-1', module: 'cisco', dataset: 'cisco.ios' } },
  );
  const { silent, unknownFields } = await coverage(scope);
  const ids = silent.map(({ id }) => id);
  // SigmaHQ's Zeek RDP rule asks for source.ip, which is there; its DNS rules have no log.
  expect(ids).not.toContain('1fc0809e-06bf-4de3-ad52-25e5263b7623');
  const dns = silent.find(({ logsource }) => logsource?.product === 'zeek' && logsource.service === 'dns');
  expect(dns?.fields).toEqual([]);
  expect(unknownFields).toContain('zeek.row.query');
  expect(silent.some(({ fields }) => fields.includes('ot.operation'))).toBe(true);
  expect(ids).toContain(idOf('program_download'));
});

it('judges each tenant by its own events', async () => {
  const { rules, silent } = await coverage(other);
  expect(silent).toHaveLength(rules);
});
