import { afterAll, beforeAll, expect, it } from 'vitest';
import { DetectionIntake } from '#detection/detection-intake.service.js';
import { decideMatches } from '#detection/detection.jobs.js';
import { JobQueues } from '#platform/job-queues.js';
import { aTenant } from '#test/factories/people.js';
import { failedLogonMatches } from '#test/factories/matches.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function submitFailures(batchId: string, count: number): Promise<void> {
  const { tenantId } = await aTenant(running);
  const matches = failedLogonMatches(running, tenantId, 'root', count);
  const intake = running.app.get(DetectionIntake, { strict: false });
  await intake.submit(
    batchId,
    matches.map((match) => ({ tenantId, match })),
  );
}

it('a customer with few matches does not wait behind all of one with many', async () => {
  const queue = running.app.get(JobQueues, { strict: false }).queue(decideMatches.queue);
  await queue.pause();
  await submitFailures('flood', 6000);
  await submitFailures('calm', 6);
  await queue.resume();
  const jobs = await eventually(
    () => queue.getJobs(['completed']),
    (done) => done.some(({ id }) => id?.startsWith('calm')) && done.length > 10,
    30_000,
  );
  const calm = jobs.find(({ id }) => id?.startsWith('calm'));
  const before = jobs.filter(({ processedOn }) => processedOn! < calm!.processedOn!);
  expect(before.length).toBeLessThanOrEqual(1);
});
