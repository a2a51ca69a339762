import { randomInt } from 'node:crypto';
import { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditRepository } from '#audit/audit.repository.js';
import { Bulk } from '#events/bulk.js';
import { EventIndexRepository } from '#events/event-index.repository.js';
import { EventIndices } from '#events/event-indices.service.js';
import { EventSearch } from '#events/event-search.service.js';
import { EventWriter } from '#events/event-writer.service.js';
import { targetOf } from '#events/index-name.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

const DAY = 86_400_000;
const AT = '2026-11-23T10:00:00.000Z';
/** Its own in each run: pools are filled by retention. */
const RETENTION = randomInt(100, 3000);

let running: RunningApp;
let scopes: TenantScopes;
let indices: EventIndices;
let search: EventSearch;

beforeAll(async () => {
  running = await startApp();
  scopes = running.app.get(TenantScopes, { strict: false });
  indices = running.app.get(EventIndices, { strict: false });
  search = running.app.get(EventSearch, { strict: false });
});
afterAll(() => running.stop());

function pooled(retentionDays = RETENTION): Promise<TenantScope> {
  return scopes.create({ name: 'Small', timeZone: 'Etc/UTC', retentionDays, placement: 'pool' });
}

/** @returns the index they went into */
async function write(tenant: TenantScope, ...ids: string[]): Promise<string> {
  const index = await indices.writeIndex(tenant);
  const bulk = new Bulk();
  for (const id of ids) {
    const event = { '@timestamp': AT, event: { id, kind: 'event' }, message: 'x', plantwatch: { source_id: id } };
    bulk.add(targetOf(tenant.tenant, index), id, JSON.stringify(event));
  }
  const result = await running.app.get(EventWriter, { strict: false }).write(bulk);
  expect(result).toEqual({ indexed: ids.length, duplicates: [], rejected: [] });
  await eventually(
    () => search.byIds(tenant, ids),
    (found) => found.length === ids.length,
  );
  return index;
}

async function found(tenant: TenantScope): Promise<string[]> {
  const { items } = await search.search(tenant, { q: '' }, { limit: 200 });
  return items.map(({ event }) => event.id ?? '').toSorted();
}

describe('tenants in one pool', () => {
  it('write into one index, and read their own events only', async () => {
    const [ours, theirs] = [await pooled(), await pooled()];
    const index = await write(ours, 'o-1', 'o-2');
    expect(await write(theirs, 't-1')).toBe(index);
    expect(index).toMatch(/^pw-events-pool-[\da-f]{12}-000001$/);
    expect(await found(ours)).toEqual(['o-1', 'o-2']);
    expect(await found(theirs)).toEqual(['t-1']);
    expect(await search.byIds(ours, ['o-1', 't-1'])).toHaveLength(1);
    await expect(search.one(ours, 't-1')).rejects.toThrow('no such thing');
    const range = [new Date(AT), new Date(Date.parse(AT) + 1)] as const;
    expect((await search.sourceActivity(theirs, ...range)).map(({ sourceId }) => sourceId)).toEqual(['t-1']);
  });

  it('are 25 at most, all of one retention', async () => {
    const poolOf = async (retentionDays: number): Promise<string | null> => (await pooled(retentionDays)).tenant.pool;
    const pools = [];
    for (let n = 0; n < 26; n++) pools.push(await poolOf(RETENTION + 1));
    expect(new Set(pools.slice(0, 25)).size).toBe(1);
    expect(pools[25]).not.toBe(pools[0]);
    expect(pools).not.toContain(await poolOf(RETENTION + 2));
  });

  it('roll over together, and an index ends with the last of them', async () => {
    const [ours, theirs] = [await pooled(RETENTION + 3), await pooled(RETENTION + 3)];
    const index = await write(ours, 'r-1', 'r-2');
    await write(theirs, 's-1');
    running.clock.forward(31 * DAY);
    for (const tenant of [ours, theirs]) await indices.tend(tenant);
    expect(await write(ours, 'r-3')).toBe(index.replace('000001', '000002'));
    expect(await indices.writeIndex(theirs)).toBe(index.replace('000001', '000002'));
    const late = await pooled(RETENTION + 3);
    expect(await indices.writeIndex(late)).toBe(index.replace('000001', '000002'));
    const rows = running.app.get(EventIndexRepository, { strict: false });
    expect((await rows.list(ours)).map(({ documents }) => documents)).toEqual(['2', '0']);
    expect((await rows.list(theirs)).map(({ documents }) => documents)).toEqual(['1', '0']);
    const elasticsearch = running.app.get(Client, { strict: false });
    running.clock.forward((RETENTION + 3) * DAY);
    await indices.tend(ours);
    expect(await elasticsearch.indices.exists({ index })).toBe(true);
    await indices.tend(theirs);
    expect(await elasticsearch.indices.exists({ index })).toBe(false);
    expect(await found(ours)).toEqual(['r-3']);
    const audit = await running.app.get(AuditRepository, { strict: false }).list(scopes.reach([theirs.tenantId]), 10);
    expect(audit).toContainEqual(
      expect.objectContaining({
        action: 'events.expire',
        target: index,
        detail: expect.objectContaining({ documents: 1 }),
      }),
    );
  });

  it('leave it for indices of their own, and keep what they had', async () => {
    const [ours, neighbour] = [await pooled(RETENTION + 4), await pooled(RETENTION + 4)];
    await write(ours, 'p-1');
    await write(neighbour, 'n-1');
    const promoted = await scopes.change(ours, { placement: 'dedicated' });
    await indices.tend(promoted);
    running.clock.forward(11_000);
    expect(await write(promoted, 'p-2')).toBe(`pw-events-${promoted.tenant.key}-000002`);
    // One process may not have heard of it yet.
    for (const tenant of [promoted, ours]) expect(await found(tenant)).toEqual(['p-1', 'p-2']);
    expect(await found(neighbour)).toEqual(['n-1']);
  });
});

describe('an Elasticsearch that has as many shards as it carries well', () => {
  const filler = `filler-${randomInt(1e9)}`;
  let elasticsearch: Client;
  beforeAll(async () => {
    elasticsearch = running.app.get(Client, { strict: false });
    const { active_shards: shards } = await elasticsearch.cluster.health();
    const settings = { number_of_shards: 600 - shards, number_of_replicas: 0 };
    await elasticsearch.indices.create({ index: filler, settings, wait_for_active_shards: 'all', timeout: '60s' });
  });
  afterAll(() => elasticsearch.indices.delete({ index: filler }));

  it('takes no customer with indices of its own, and says what to do', async () => {
    const wide = { name: 'Wide', timeZone: 'Etc/UTC', retentionDays: RETENTION };
    await expect(scopes.create(wide)).rejects.toThrow('Choose the placement "pool"');
    const small = await pooled();
    await expect(scopes.change(small, { placement: 'dedicated' })).rejects.toThrow('600 shards on 1 node');
    expect((await scopes.open(small.tenantId)).tenant.placement).toBe('pool');
  });
});
