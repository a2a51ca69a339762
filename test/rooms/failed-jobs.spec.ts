import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JobQueues } from '#platform/job-queues.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant, type TestPerson } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

let running: RunningApp;
let ours: TenantScope;
let lead: TestPerson;
let neighbour: TestPerson;

beforeAll(async () => {
  running = await startApp();
  ours = await aTenant(running);
  lead = await aPerson(running, 'soc_lead', [ours]);
  neighbour = await aPerson(running, 'soc_lead', [await aTenant(running)]);
});
afterAll(() => running.stop());

async function failed(as: TestPerson): Promise<{ id: string; reason: string; attempts: number }[]> {
  const answer = await request(running.url).get('/api/v1/failed-jobs').set('Authorization', `Bearer ${as.token}`);
  return answer.body.items;
}

function replay(as: TestPerson, id: string): Promise<{ status: number }> {
  const post = request(running.url).post('/api/v1/failed-jobs/replay');
  return post.set('Authorization', `Bearer ${as.token}`).send({ queue: 'notify', id });
}

it('keeps a job that failed for good, shows it to its tenant’s people only, and runs it again on demand', async () => {
  const queue = running.app.get(JobQueues, { strict: false }).queue('notify');
  await queue.add('notify.deliver', { tenantId: ours.tenantId, broken: true }, { jobId: 'broken-1', attempts: 1 });
  const [job] = await eventually(
    () => failed(lead),
    (jobs) => jobs.length === 1,
  );
  expect(job).toMatchObject({ id: 'broken-1', attempts: 1, reason: expect.stringContaining('deliveryId') });
  expect(await failed(neighbour)).toEqual([]);
  expect((await replay(neighbour, 'broken-1')).status).toBe(404);
  expect((await replay(lead, 'broken-1')).status).toBe(204);
  await eventually(
    async () => (await queue.getJob('broken-1'))?.attemptsStarted,
    (count) => (count ?? 0) >= 1,
  );
  await eventually(
    () => failed(lead),
    (jobs) => jobs.length === 1,
  );
});
