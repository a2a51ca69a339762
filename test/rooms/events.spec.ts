import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { EventIndexRepository } from '#events/event-index.repository.js';
import { Bulk } from '#events/bulk.js';
import { EventIndices } from '#events/event-indices.service.js';
import { EventSearch } from '#events/event-search.service.js';
import { EventStoreRepository } from '#events/event-store.repository.js';
import { EventWriter } from '#events/event-writer.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aTenant } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

const DAY = 86_400_000;
const START = Date.parse('2026-11-23T10:00:00Z');

let running: RunningApp;
let scope: TenantScope;
let search: EventSearch;
let indices: EventIndices;

beforeAll(async () => {
  running = await startApp();
  scope = await aTenant(running);
  search = running.app.get(EventSearch, { strict: false });
  indices = running.app.get(EventIndices, { strict: false });
});
afterAll(() => running.stop());

type Facts = Omit<Partial<EcsEvent>, 'event'> & { original?: string };

function event(id: string, at: number, { original = 'original', ...facts }: Facts = {}): EcsEvent {
  const created = new Date(at).toISOString();
  return {
    '@timestamp': created,
    event: { id, original, created, kind: 'event', dataset: 'test' },
    message: 'message',
    ...facts,
  };
}

function bulkOf(index: string, ...events: EcsEvent[]): Bulk {
  const bulk = new Bulk();
  for (const one of events) bulk.add({ index }, one.event.id ?? '', JSON.stringify(one));
  return bulk;
}

/** Writes the events and waits until they are found. */
async function write(tenant: TenantScope, ...events: EcsEvent[]): Promise<void> {
  const index = await indices.writeIndex(tenant);
  const bulk = bulkOf(index, ...events);
  const result = await running.app.get(EventWriter, { strict: false }).write(bulk);
  expect(result).toEqual({ indexed: events.length, duplicates: [], rejected: [] });
  const ids = events.map(({ event: { id } }) => id ?? '');
  await eventually(
    () => search.byIds(tenant, ids),
    (found) => found.length === ids.length,
  );
}

async function ids(
  tenant: TenantScope,
  q: string,
  more: { asset?: string; from?: Date; to?: Date } = {},
): Promise<string[]> {
  const { items } = await search.search(tenant, { q, ...more }, { limit: 200 });
  return items.map((item) => item.event.id ?? '');
}

describe('writing events', () => {
  it('again changes nothing', async () => {
    const index = await indices.writeIndex(scope);
    const events = ['once-1', 'once-2', 'once-3'].map((id) => event(id, START));
    const writer = running.app.get(EventWriter, { strict: false });
    expect(await writer.write(bulkOf(index, ...events.slice(0, 2)))).toMatchObject({ indexed: 2 });
    expect(await writer.write(bulkOf(index, ...events))).toEqual({
      indexed: 1,
      duplicates: ['once-1', 'once-2'],
      rejected: [],
    });
  });

  it('leaves a document out that Elasticsearch refuses, and takes its neighbours', async () => {
    const index = await indices.writeIndex(scope);
    const bad = { ...event('bad', START), '@timestamp': 'never' };
    const bulk = bulkOf(index, event('good-1', START), bad, event('good-2', START));
    const result = await running.app.get(EventWriter, { strict: false }).write(bulk);
    expect(result).toMatchObject({
      indexed: 2,
      rejected: [{ id: 'bad', reason: expect.stringContaining('@timestamp') }],
    });
  });

  it('gives the stored text back byte for byte', async () => {
    const tenant = await aTenant(running);
    const original = `  <13>a\tb \u0000 \u001b[31m é 漢 😀 "quoted" \\ / \r\n end ${'x'.repeat(100_000)} `;
    const whole = event('bytes', START + 7, {
      original,
      tags: ['z', 'a', 'z'],
      host: { name: 'PLC-01', ip: ['10.0.0.9', 'fe80::1'] },
      json: { b: 1, a: [3, [], {}, null], 'dotted.key': '1.0', deep: { er: { still: true } } },
    });
    await write(tenant, whole);
    const [stored] = await search.byIds(tenant, ['bytes']);
    expect(stored).toEqual(whole);
  });
});

describe('searching events', () => {
  let tenant: TenantScope;
  const asset = randomUUID();

  beforeAll(async () => {
    tenant = await aTenant(running);
    await write(
      tenant,
      event('a-1', START, {
        message: 'Failed password for root',
        user: { name: 'root' },
        source: { ip: '10.1.1.7', port: 50_022 },
      }),
      event('a-2', START + 1000, {
        message: 'Failed password for admin',
        user: { name: 'Admin' },
        source: { ip: '10.2.1.7', port: 22 },
      }),
      event('a-3', START + 2000, {
        message: 'Accepted password for admin',
        user: { name: 'admin' },
        host: { name: 'plc-01' },
      }),
      event('a-4', START + 3000, {
        message: 'program download',
        original: '{"fn": "ZANZIBAR"}',
        plantwatch: { asset: { id: asset } },
      }),
      event('a-5', START + 3000, {
        message: 'write',
        plantwatch: { destination_asset: { id: asset } },
        ot: { protocol: 's7comm' },
      }),
    );
  });

  it.each([
    ['', 'a-5 a-4 a-3 a-2 a-1'],
    ['failed password', 'a-2 a-1'],
    ['"password for admin"', 'a-3 a-2'],
    ['zanzi*', 'a-4'],
    ['zanzibar', 'a-4'],
    ['user.name:ADMIN', 'a-3 a-2'],
    ['user.name:(root OR admin) -accepted', 'a-2 a-1'],
    ['source.ip:10.0.0.0/8 source.port>=1024', 'a-1'],
    ['host.name:plc*', 'a-3'],
    ['host.name:* OR ot.protocol:s7comm', 'a-5 a-3'],
    ['NOT user.name:*', 'a-5 a-4'],
    ['nothing', ''],
  ])('%s finds %s, newest first', async (q, expected) => {
    expect((await ids(tenant, q)).join(' ')).toBe(expected);
  });

  it('by time is half open, and by asset finds either end', async () => {
    expect(await ids(tenant, '', { from: new Date(START + 1000), to: new Date(START + 3000) })).toEqual(['a-3', 'a-2']);
    expect(await ids(tenant, '', { asset })).toEqual(['a-5', 'a-4']);
  });

  it('goes page by page, without a gap or a repetition', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search.search(tenant, { q: '' }, { limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((item) => item.event.id ?? ''));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['a-5', 'a-4', 'a-3', 'a-2', 'a-1']);
  });

  it('refuses the cursor of another list or tenant', async () => {
    const { next } = await search.search(tenant, { q: '' }, { limit: 2 });
    const page = { limit: 2, cursor: next ?? '' };
    await expect(search.search(tenant, { q: 'failed' }, page)).rejects.toThrow('cursor');
    await expect(search.search(scope, { q: '' }, page)).rejects.toThrow('cursor');
  });

  it('of another tenant finds nothing of this one', async () => {
    const other = await aTenant(running);
    expect(await ids(other, '')).toEqual([]);
    expect(await search.byIds(other, ['a-1', 'a-2'])).toEqual([]);
    await expect(search.one(other, 'a-1')).rejects.toThrow('no such thing');
  });

  it('counts what assets and sources reported, for reports', async () => {
    const audited = await aTenant(running);
    const block = { asset: { id: 'plc' }, audit_category: 'access_control', source_id: 'src' } as const;
    const reported = [0, 1000, 60_000].map((skew, n) =>
      event(`r-${n}`, START + n * 1000, { plantwatch: { ...block, skew_ms: skew } }),
    );
    await write(audited, ...reported, event('r-late', START + DAY, { plantwatch: block }));
    const range = [new Date(START), new Date(START + 10_000)] as const;
    const last = new Date(START + 2000).toISOString();
    expect(await search.auditCategories(audited, ...range)).toEqual([
      { assetId: 'plc', category: 'access_control', count: 3, last },
    ]);
    expect(await search.sourceActivity(audited, ...range)).toEqual([
      { sourceId: 'src', count: 3, last, medianSkewMs: 1000 },
    ]);
  });
});

describe('the indices of a tenant', () => {
  it('roll over by age, are found over all generations, and end with their retention', async () => {
    const tenant = await aTenant(running);
    const rows = running.app.get(EventIndexRepository, { strict: false });
    const store = running.app.get(EventStoreRepository, { strict: false });
    const first = await indices.writeIndex(tenant);
    await write(tenant, event('old', START));
    await indices.tend(tenant);
    expect(await indices.writeIndex(tenant)).toBe(first);
    running.clock.forward(31 * DAY);
    await indices.tend(tenant);
    const second = await indices.writeIndex(tenant);
    expect([first, second]).toEqual([1, 2].map((n) => `pw-events-${tenant.tenant.key}-00000${n}`));
    await write(tenant, event('new', START));
    expect(await ids(tenant, '')).toEqual(['old', 'new']);
    const [closed] = await rows.list(tenant);
    expect(closed).toMatchObject({ state: 'closed', documents: '1', firstEventAt: new Date(START) });
    running.clock.forward(tenant.tenant.retentionDays * DAY);
    await indices.tend(tenant);
    expect(await ids(tenant, '')).toEqual(['new']);
    expect((await rows.list(tenant)).map(({ generation }) => generation)).not.toContain(1);
    await expect(store.measure(tenant, first)).rejects.toThrow('index_not_found');
    await expect(store.drop(tenant, `pw-events-${scope.tenant.key}-000001`)).rejects.toThrow(
      'not an index of this tenant',
    );
  });
});
