import { afterAll, beforeAll, expect, it } from 'vitest';
import { JobQueues } from '#platform/job-queues.js';
import { JobRunner } from '#platform/job-runner.js';
import { aWholePlant, type WholePlant } from '#test/factories/plant.js';
import { startApp, type RunningApp } from '#test/support/app.js';

let running: RunningApp;
let plants: WholePlant[];

beforeAll(async () => {
  running = await startApp();
  plants = [await aWholePlant(running), await aWholePlant(running)];
});
afterAll(() => running.stop());

/** Everything that went through the queues, as text. */
async function payloads(): Promise<{ name: string; text: string }[]> {
  const queues = running.app.get(JobQueues, { strict: false });
  const names = [...running.app.get(JobRunner, { strict: false }).declared().keys()];
  const jobs = await Promise.all(names.map((name) => queues.queue(name).getJobs()));
  return jobs.flat().map((job) => ({ name: job.name, text: JSON.stringify(job.data) }));
}

it('a job is about one tenant, or about none', async () => {
  const secrets = await Promise.all(plants.map(async (plant) => [...(await plant.ids()).values()].flat()));
  const all = await payloads();
  const touched = all.map(({ name, text }) => ({
    name,
    tenants: secrets.filter((ids) => ids.some((id) => text.includes(id))).length,
  }));
  expect(touched.filter(({ tenants }) => tenants > 1)).toEqual([]);
  expect(new Set(touched.filter(({ tenants }) => tenants === 1).map(({ name }) => name)).size).toBeGreaterThan(1);
});

it('what is kept in Redis beside the queues carries one tenant’s key in its name and no other’s ids', async () => {
  const { connection } = running.app.get(JobQueues, { strict: false });
  for (const [at, plant] of plants.entries()) {
    const keys = await connection.keys(`pw:{${plant.scope.tenant.key}}:*`);
    expect(keys.length).toBeGreaterThan(0);
    const other = plants[1 - at];
    for (const key of keys) {
      const members = (await connection.type(key)) === 'zset' ? await connection.zrange(key, 0, -1) : [];
      expect(members.join()).not.toContain(other?.tenantId);
    }
  }
});
