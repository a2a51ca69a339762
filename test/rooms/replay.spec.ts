import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EventIndices } from '#events/event-indices.service.js';
import { EventSearch } from '#events/event-search.service.js';
import { EventBuilder } from '#ingest/event-builder.service.js';
import { IntakeStatus } from '#ingest/intake-status.service.js';
import { Intake } from '#ingest/intake.service.js';
import { emptyLedger } from '#ingest/ledger.js';
import { LedgerRepository } from '#ingest/ledger.repository.js';
import { Ledger } from '#ingest/ledger.service.js';
import { PipelineSinks } from '#ingest/pipeline-sinks.service.js';
import { Pipeline } from '#ingest/pipeline.service.js';
import { ProgressRepository, type Progress } from '#ingest/progress.repository.js';
import { Quotas } from '#ingest/quotas.service.js';
import { SpoolRepository } from '#ingest/spool.repository.js';
import { newId } from '#platform/ids.js';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { aTenant } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

const DAY = 86_400_000;

let running: RunningApp;
let folder: string;
let scope: TenantScope;
let stops: (() => Promise<void>)[];

beforeAll(async () => {
  running = await startApp({ ROLES: 'api,worker,scheduler' });
});
afterAll(() => running.stop());

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plantwatch-replay-'));
  scope = await aTenant(running);
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await rm(folder, { recursive: true });
});

interface Collector {
  spool: SpoolRepository;
  stop(): Promise<void>;
}

/** A collector's pipeline of our own, on the folder. */
async function aCollector(): Promise<Collector> {
  const { app } = running;
  const { values } = app.get(Config);
  const spool = new SpoolRepository(folder);
  const place = new ProgressRepository(folder);
  const config = new Config({ ...values, ROLES: ['collector'] });
  const status = app.get(IntakeStatus, { strict: false });
  const [scopes, clock] = [app.get(TenantScopes, { strict: false }), app.get(Clock)];
  const ledger = new Ledger(app.get(LedgerRepository, { strict: false }), place, scopes, status, clock, config);
  const quotas = app.get(Quotas, { strict: false });
  await new Intake(spool, place, ledger, quotas, clock, config).onModuleInit();
  const [builder, sinks] = [app.get(EventBuilder, { strict: false }), app.get(PipelineSinks, { strict: false })];
  const pipeline = new Pipeline(spool, place, builder, sinks, ledger, status, config);
  pipeline.onApplicationBootstrap();
  const stop = async (): Promise<void> => {
    await pipeline.beforeApplicationShutdown();
    await spool.close();
  };
  stops.push(stop);
  return { spool, stop };
}

async function append({ spool }: Collector, ...texts: string[]): Promise<void> {
  const lines = texts.map((text) => ({ raw: Buffer.from(text), truncated: false, id: undefined }));
  await spool.append([
    { tenantId: scope.tenantId, sourceId: newId(), receivedAt: Date.now(), sender: '10.0.0.5', lines },
  ]);
}

async function texts(): Promise<string[]> {
  const search = running.app.get(EventSearch, { strict: false });
  const { items } = await search.search(scope, { q: '' }, { limit: 200 });
  return items.map((item) => item.event.original).toSorted();
}

async function progress(): Promise<Progress | undefined> {
  const text = await readFile(path.join(folder, 'progress.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Progress);
}

const arrived = (count: number): Promise<string[]> => eventually(texts, (found) => found.length >= count);

describe('after a stop', () => {
  it('a batch that had been sent is sent again to the same index, although a new one is written now', async () => {
    const before = await aCollector();
    await append(before, 'one', 'two');
    await arrived(2);
    const done = await eventually(progress, (now) => now?.plans.length === 0 && now.done.offset > 0);
    await before.stop();
    const indices = running.app.get(EventIndices, { strict: false });
    const first = await indices.writeIndex(scope);
    await indices.tend(scope);
    running.clock.forward(31 * DAY);
    await indices.tend(scope);
    expect(await indices.writeIndex(scope)).not.toBe(first);
    // As a kill leaves it: begun, and not known to be finished.
    const segment = done?.done.segment ?? 0;
    const range = { segment, from: 0, to: done?.done.offset ?? 0 };
    const killed: Progress = {
      done: { segment, offset: 0 },
      plans: [{ range, indices: { [scope.tenantId]: first } }],
      ledger: emptyLedger(),
    };
    await writeFile(path.join(folder, 'progress.json'), JSON.stringify(killed));
    const after = await aCollector();
    await append(after, 'three');
    await arrived(3);
    expect(await texts()).toEqual(['one', 'three', 'two']);
    await eventually(progress, (now) => now?.plans.length === 0 && now.done.offset > range.to);
  });

  it('what was spooled and never begun is sent', async () => {
    const before = await aCollector();
    await before.stop();
    await append(before, 'waiting');
    await before.spool.close();
    await aCollector();
    expect(await arrived(1)).toEqual(['waiting']);
  });

  it('progress from before the ledger was kept with it is gone on from', async () => {
    const before = await aCollector();
    await append(before, 'first');
    await arrived(1);
    const done = await eventually(progress, (now) => now?.plans.length === 0 && now.done.offset > 0);
    await before.stop();
    await writeFile(path.join(folder, 'progress.json'), JSON.stringify({ done: done?.done, plans: [] }));
    await append(await aCollector(), 'second');
    expect(await arrived(2)).toEqual(['first', 'second']);
  });

  it('progress that cannot be read stops the start instead of sending all again', async () => {
    await writeFile(path.join(folder, 'progress.json'), '{"done":');
    await expect(aCollector()).rejects.toThrow(/progress\.json cannot be read: .*remove it to send all/);
  });
});
