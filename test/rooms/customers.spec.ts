import request, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AssetDirectory } from '#customers/asset-directory.service.js';
import { AssetRepository } from '#customers/asset.repository.js';
import { ChangeContext } from '#customers/change-context.service.js';
import { LogSources } from '#customers/log-sources.service.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant, type TestPerson } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';
const MINUTE = 60_000;

let running: RunningApp;
let ours: TenantScope;
let theirs: TenantScope;
let owner: TestPerson;
let operator: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  running = await startApp();
  ours = await aTenant(running);
  theirs = await aTenant(running);
  owner = await aPerson(running, 'customer_owner', [ours]);
  operator = await aPerson(running, 'customer_operator', [ours]);
  stranger = await aPerson(running, 'customer_owner', [theirs]);
});
afterAll(() => running.stop());

type Verb = 'get' | 'post' | 'patch' | 'delete';

function call(person: TestPerson, verb: Verb, path: string, body?: object): Promise<Response> {
  const call = request(running.url)[verb](`/api/v1/${path}`).set('Authorization', `Bearer ${person.token}`);
  return body ? call.send(body) : call;
}

async function made(person: TestPerson, path: string, body: object): Promise<{ id: string; [field: string]: unknown }> {
  const answer = await call(person, 'post', path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

let names = 0;
const aName = (): string => `thing ${(names += 1)}`;

async function aCell(person: TestPerson): Promise<{ siteId: string; zoneId: string }> {
  const site = await made(person, 'sites', { name: aName() });
  const zone = await made(person, 'zones', { siteId: site.id, name: 'Cell', slTarget: 2 });
  return { siteId: site.id, zoneId: zone.id };
}

const aPlc = { name: 'PLC-7', componentType: 'embedded_device', role: 'plc', criticality: 4 };

describe('tenants', () => {
  it('are listed to those who work for them, page by page', async () => {
    const staff = await aPerson(running, 'platform_administrator', [ours, theirs]);
    const first = await call(staff, 'get', 'tenants?limit=1');
    const second = await call(staff, 'get', `tenants?limit=1&cursor=${first.body.next}`);
    expect([first.body.items[0].id, second.body.items[0].id]).toEqual([ours.tenantId, theirs.tenantId]);
    expect(second.body.next).toBeNull();
    expect((await call(owner, 'get', 'tenants')).body.items).toEqual([expect.objectContaining({ id: ours.tenantId })]);
  });

  it('are reached at once by whoever makes them', async () => {
    const staff = await aPerson(running, 'platform_administrator', []);
    const tenant = await made(staff, 'tenants', { name: 'Waterworks', timeZone: 'Europe/Vienna' });
    expect((await call(staff, 'get', `tenants/${tenant.id}`)).body).toMatchObject({
      name: 'Waterworks',
      retentionDays: 400,
    });
    expect((await call(owner, 'get', `tenants/${tenant.id}`)).status).toBe(404);
  });

  it('need a real time zone', async () => {
    const staff = await aPerson(running, 'platform_administrator', []);
    const answer = await call(staff, 'post', 'tenants', { name: 'Nowhere', timeZone: 'Europe/Atlantis' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ pointer: '/timeZone', detail: expect.stringContaining('IANA') }]);
  });
});

describe('the plant', () => {
  it('takes the time zone of its tenant unless told', async () => {
    expect(await made(owner, 'sites', { name: aName() })).toMatchObject({
      timeZone: 'Europe/Prague',
      tenantId: ours.tenantId,
    });
  });

  it('names the field whose reference is unknown, and the name that is taken', async () => {
    const foreign = await aCell(stranger);
    for (const siteId of [UNKNOWN, foreign.siteId]) {
      const answer = await call(owner, 'post', 'zones', { siteId, name: 'Cell', slTarget: 1 });
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([{ pointer: '/siteId', detail: 'is not known here' }]);
    }
    const { siteId, zoneId } = await aCell(owner);
    expect((await call(owner, 'post', 'zones', { siteId, name: 'Cell', slTarget: 1 })).status).toBe(409);
    const conduit = await call(owner, 'post', 'conduits', { fromZoneId: zoneId, toZoneId: foreign.zoneId });
    expect(conduit.body.errors).toEqual([{ pointer: '/toZoneId', detail: 'is not known here' }]);
  });

  it('pages through a list without a gap, and refuses the cursor of another', async () => {
    const { zoneId } = await aCell(owner);
    const made3: string[] = [];
    for (const name of ['a', 'b', 'c']) made3.push((await made(owner, 'assets', { ...aPlc, name, zoneId })).id);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await call(owner, 'get', `assets?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map(({ id }: { id: string }) => id));
      cursor = page.body.next ?? '';
    } while (cursor);
    expect(seen.filter((id) => made3.includes(id))).toEqual(made3);
    const { next } = (await call(owner, 'get', 'assets?limit=1')).body;
    expect((await call(owner, 'get', `zones?cursor=${next}`)).status).toBe(400);
    expect((await call(owner, 'get', 'zones?limit=0')).status).toBe(400);
  });
});

describe('an asset', () => {
  it('is read as it was at the time of the event', async () => {
    const { zoneId } = await aCell(owner);
    const { id } = await made(owner, 'assets', { ...aPlc, zoneId, addresses: ['10.9.0.1'] });
    const before = running.clock.now().getTime();
    running.clock.forward(MINUTE);
    const moved = await call(owner, 'patch', `assets/${id}`, { role: 'hmi', addresses: ['10.9.0.2'] });
    expect(moved.body).toMatchObject({ role: 'hmi', addresses: ['10.9.0.2'], criticality: 4 });
    const index = await running.app.get(AssetDirectory, { strict: false }).index(ours);
    const now = running.clock.now().getTime();
    expect(index.byAddress('10.9.0.1', before)).toMatchObject({ id, role: 'plc', zone: { id: zoneId } });
    expect(index.byAddress('10.9.0.1', now)).toBeUndefined();
    expect(index.byAddress('10.9.0.2', now)).toMatchObject({ id, role: 'hmi' });
  });

  it('and its zone are known to another process two seconds after they were changed there', async () => {
    const elsewhere = new AssetDirectory(
      running.app.get(AssetRepository, { strict: false }),
      running.app.get(TenantScopes, { strict: false }),
      running.clock,
    );
    const { zoneId } = await aCell(owner);
    const plc = { zoneId, componentType: 'embedded_device', role: 'plc' };
    const { id } = await made(owner, 'assets', { ...plc, name: 'PLC-77', addresses: ['10.77.0.1'] });
    const seen = async (): Promise<unknown> =>
      (await elsewhere.index(ours)).byAddress('10.77.0.1', running.clock.now().getTime());
    expect(await seen()).toMatchObject({ id, role: 'plc', zone: { id: zoneId } });
    await call(owner, 'patch', `zones/${zoneId}`, { name: 'Renamed' });
    expect(await seen()).not.toMatchObject({ zone: { name: 'Renamed' } });
    running.clock.forward(2000);
    expect(await seen()).toMatchObject({ zone: { name: 'Renamed' } });
    await call(owner, 'patch', `assets/${id}`, { role: 'hmi' });
    running.clock.forward(2000);
    expect(await seen()).toMatchObject({ id, role: 'hmi' });
  });

  it('cannot have changed before its last change', async () => {
    const { id } = await made(owner, 'assets', { ...aPlc, validFrom: '2026-05-01T00:00:00+02:00' });
    const answer = await call(owner, 'patch', `assets/${id}`, { criticality: 1, validFrom: '2026-04-01T00:00:00Z' });
    expect(answer.body.errors?.[0].pointer).toBe('/validFrom');
  });

  it('keeps what does not fit out', async () => {
    const wrong = { ...aPlc, role: 'toaster', addresses: ['10.9.0'], colour: 'red' };
    const { status, body } = await call(owner, 'post', 'assets', wrong);
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/role', '/addresses/0']),
    );
  });
});

describe('a log source', () => {
  it('is known by its token, which is shown once and ends when renewed', async () => {
    const { siteId } = await aCell(owner);
    const source = await made(owner, 'log-sources', { kind: 'bulk', name: aName(), siteId });
    expect(source['token']).toMatch(new RegExp(`^pws_${source.id}_.{43}$`));
    const sources = running.app.get(LogSources, { strict: false });
    expect(await sources.byToken(String(source['token']))).toMatchObject({
      id: source.id,
      tenantId: ours.tenantId,
      siteId,
    });
    expect((await call(owner, 'get', `log-sources/${source.id}`)).text).not.toMatch(/token/i);
    const renewed = await call(owner, 'post', `log-sources/${source.id}/token`);
    expect(await sources.byToken(String(source['token']))).toBeNull();
    expect(await sources.byToken(renewed.body.token)).toMatchObject({ id: source.id });
  });

  it('shares no sender and port with another, of whichever tenant', async () => {
    const { siteId } = await aCell(owner);
    const theirSite = (await aCell(stranger)).siteId;
    const syslog = { kind: 'syslog-udp', listenPort: 5514 };
    const wide = await made(owner, 'log-sources', {
      ...syslog,
      name: aName(),
      siteId,
      senderAddresses: ['10.20.0.0/16'],
    });
    const inside = { ...syslog, name: aName(), siteId: theirSite, senderAddresses: ['10.20.3.4'] };
    const refused = await call(stranger, 'post', 'log-sources', inside);
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('senderAddresses');
    await made(stranger, 'log-sources', { ...inside, kind: 'syslog-tcp' });
    await made(stranger, 'log-sources', { ...inside, listenPort: 5515, name: aName() });
    expect((await call(stranger, 'post', 'log-sources', { ...inside, listenPort: null, name: aName() })).status).toBe(
      409,
    );
    await call(owner, 'patch', `log-sources/${wide.id}`, { senderAddresses: ['10.21.0.0/16'] });
    await made(stranger, 'log-sources', { ...inside, name: aName() });
    expect((await call(owner, 'patch', `log-sources/${wide.id}`, { senderAddresses: [] })).status).toBe(409);
    const reach = await running.app.get(TenantScopes, { strict: false }).all();
    const all = await running.app.get(LogSources, { strict: false }).all(reach);
    expect(all.find(({ id }) => id === wide.id)?.senderAddresses).toEqual(['10.21.0.0/16']);
  });

  it('frees its port when it goes', async () => {
    const { siteId } = await aCell(owner);
    const fields = { kind: 'syslog-tcp', siteId, listenPort: 6601 };
    const source = await made(owner, 'log-sources', { ...fields, name: aName() });
    expect((await call(owner, 'post', 'log-sources', { ...fields, name: aName() })).status).toBe(409);
    expect((await call(owner, 'delete', `log-sources/${source.id}`)).status).toBe(204);
    await made(owner, 'log-sources', { ...fields, name: aName() });
  });
});

describe('a planned change', () => {
  const span = (): { startsAt: string; endsAt: string } => {
    const now = running.clock.now().getTime();
    return { startsAt: new Date(now - MINUTE).toISOString(), endsAt: new Date(now + MINUTE).toISOString() };
  };
  const justification = (assetId: string) =>
    running.app.get(ChangeContext, { strict: false }).justification(ours, assetId, running.clock.now());

  it('by ticket counts once another person has approved it', async () => {
    const asset = await made(owner, 'assets', aPlc);
    const draft = { reference: 'CHG-1', title: 'New recipe', assetIds: [asset.id], ...span() };
    const ticket = await made(owner, 'change-tickets', draft);
    expect(await justification(asset.id)).toBeNull();
    expect((await call(owner, 'post', `change-tickets/${ticket.id}/approve`)).status).toBe(409);
    expect((await call(operator, 'post', `change-tickets/${ticket.id}/approve`)).status).toBe(403);
    const second = await aPerson(running, 'customer_owner', [ours]);
    const approved = await call(second, 'post', `change-tickets/${ticket.id}/approve`);
    expect(approved.body).toMatchObject({ state: 'approved', decidedBy: second.id, createdBy: owner.id });
    expect(await justification(asset.id)).toEqual({
      kind: 'change_ticket',
      id: ticket.id,
      reference: 'CHG-1',
      reason: 'New recipe',
    });
    expect((await call(second, 'post', `change-tickets/${ticket.id}/reject`)).status).toBe(409);
  });

  it('by window covers the zone or the whole site of an asset', async () => {
    const { siteId, zoneId } = await aCell(owner);
    const asset = await made(owner, 'assets', { ...aPlc, zoneId });
    const elsewhere = await made(owner, 'assets', aPlc);
    const window = await made(operator, 'maintenance-windows', { siteId, reason: 'Turnaround', ...span() });
    expect(await justification(asset.id)).toMatchObject({
      kind: 'maintenance_window',
      id: window.id,
      reason: 'Turnaround',
    });
    expect(await justification(elsewhere.id)).toBeNull();
    const ended = await call(operator, 'patch', `maintenance-windows/${window.id}`, {
      endsAt: running.clock.now().toISOString(),
    });
    expect(ended.status).toBe(200);
    expect(await justification(asset.id)).toBeNull();
  });

  it('covers something, in the right order, of this tenant', async () => {
    const foreign = await made(stranger, 'assets', aPlc);
    const pointer = async (path: string, body: object) =>
      (await call(owner, 'post', path, body)).body.errors?.[0].pointer;
    expect(await pointer('maintenance-windows', { reason: 'Nothing', ...span() })).toBe('/assetIds');
    const { startsAt, endsAt } = span();
    const ticket = { reference: 'CHG-2', title: 'x', assetIds: [foreign.id], startsAt, endsAt };
    expect(await pointer('change-tickets', { ...ticket, startsAt: endsAt, endsAt: startsAt })).toBe('/endsAt');
    expect(await pointer('change-tickets', ticket)).toBe('/assetIds');
  });
});
