import { afterAll, beforeAll, expect, it } from 'vitest';
import { decideMatches } from '#detection/detection.jobs.js';
import { DetectionIntake } from '#detection/detection-intake.service.js';
import type { RuleMatch } from '#detection/rule-match.js';
import { UndecidedRepository } from '#detection/undecided.repository.js';
import { CAPACITY, WindowRepository } from '#detection/window.repository.js';
import { newId } from '#platform/ids.js';
import { JobQueues } from '#platform/job-queues.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { Rest } from '#apps/server/demo/rest.js';
import { aPerson, aTenant } from '#test/factories/people.js';
import { failedLogonMatches } from '#test/factories/matches.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

const REPEATED = 'Repeated failed access';

let running: RunningApp;
let scope: TenantScope;
let undecided: UndecidedRepository;
let queues: JobQueues;
beforeAll(async () => {
  running = await startApp();
  scope = await aTenant(running);
  undecided = running.app.get(UndecidedRepository, { strict: false });
  queues = running.app.get(JobQueues, { strict: false });
});
afterAll(() => running.stop());

const failures = (user: string, count: number): RuleMatch[] => failedLogonMatches(running, scope.tenantId, user, count);
const idsOf = (matches: readonly RuleMatch[]): string[] => matches.map(({ eventId }) => eventId).toSorted();
const keys = (): Promise<string[]> => queues.connection.keys(`pw:{${scope.tenant.key}}:undecided:*`);

it('a job takes what waits for later ones in its groups, and those find nothing left to do', async () => {
  const [first, second, other] = [failures('ann', 3), failures('ann', 4), failures('bob', 2)];
  for (const matches of [first, second, other]) await undecided.add(scope, matches);
  const taken = await undecided.take(scope, first);
  expect(idsOf(taken.open)).toEqual(idsOf(first));
  const ofAnn = taken.others.filter(({ group }) => group['user.name'] === 'ann');
  expect(idsOf(ofAnn)).toEqual(
    expect.arrayContaining(idsOf(second.filter(({ group }) => group['user.name'] === 'ann'))),
  );
  await undecided.settle(scope, first, taken.others);
  expect((await undecided.take(scope, second)).open).toEqual([]);
  await undecided.settle(scope, second);
  const rest = await undecided.take(scope, other);
  await undecided.settle(scope, other, rest.others);
  expect(await keys()).toEqual([]);
});

it('what is not known there is decided by its own job, and a mark does not outlive it', async () => {
  const [first, second] = [failures('cid', 1), failures('cid', 1)];
  expect(await undecided.take(scope, first)).toEqual({ open: expect.any(Array), others: [] });
  expect(idsOf((await undecided.take(scope, first)).open)).toEqual(idsOf(first));
  await undecided.add(scope, second);
  await undecided.settle(scope, second);
  await undecided.settle(scope, first, second);
  expect(await keys()).toEqual([]);
});

/** Each batch as the pipeline hands it over, all of them before the first is decided. */
async function submitAll(batches: readonly RuleMatch[][]): Promise<void> {
  const queue = queues.queue(decideMatches.queue);
  await queue.pause();
  for (const matches of batches)
    await running.app.get(DetectionIntake, { strict: false }).submit(
      newId(),
      matches.map((match) => ({ tenantId: scope.tenantId, match })),
    );
  await queue.resume();
}

/** How many events each alert about repeated failures has, once one has so many. */
async function countsOf(user: string, most: number): Promise<number[]> {
  const lead = new Rest(running.url, (await aPerson(running, 'soc_lead', [scope])).token);
  interface Page {
    items: { count: number; group: Record<string, string>; rule: { title: string } }[];
  }
  return eventually(
    async () => {
      const { items } = await lead.get<Page>('/alerts?limit=200');
      const ofUser = items.filter(({ group, rule }) => group['user.name'] === user && rule.title === REPEATED);
      return ofUser.map(({ count }) => count);
    },
    (counts) => counts.includes(most),
    60_000,
  );
}

it('fifty batches that wait for one group become one alert with every event, and leave nothing behind', async () => {
  await submitAll(Array.from({ length: 50 }, () => failures('dan', 6)));
  expect(await countsOf('dan', 300)).toEqual([300]);
  await eventually(keys, (left) => left.length === 0);
  expect(await queues.queue(decideMatches.queue).getFailedCount()).toBe(0);
});

it('more than a window holds waits for one group, out of order: one alert with every event', async () => {
  const start = Date.now() - 84_000_000;
  const all = failures('eve', 12_000)
    .filter(({ ruleId }) => ruleId === 'a162e757-e501-46d7-88e8-3be60176ee57')
    .map((match, at) => ({ ...match, time: start + at * 7000 }));
  const batches = Array.from({ length: 24 }, (_, n) => all.slice(n * 500, (n + 1) * 500));
  await submitAll([...batches.slice(0, 10), ...batches.slice(10).toReversed()]);
  expect(await countsOf('eve', 12_000)).toEqual([12_000]);
  await eventually(keys, (left) => left.length === 0);
}, 120_000);

it('what waits keeps a window open to ten times its capacity, however far back a match is dated', async () => {
  const size = 11 * CAPACITY + 5;
  const fresh = Array.from({ length: size }, (_, at) => {
    return { rule: 'r', id: `e${at}`, order: '', time: Date.now() - size + at, weight: 1, assetId: null };
  });
  const group = { ruleId: 'r', groupKey: '[]', reach: 60_000, joinGap: 60_000, fresh };
  const windows = running.app.get(WindowRepository, { strict: false });
  await windows.add(scope, [group]);
  // The mark of the rule has a place of its own among those that are kept.
  expect(await windows.trim(scope, [{ ...group, fresh: fresh.slice(0, 1) }], new Date())).toEqual([6]);
}, 60_000);
