import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertId } from '#alerts/alert-identity.js';
import { Rest } from '#apps/server/demo/rest.js';
import { DetectionIntake } from '#detection/detection-intake.service.js';
import { decideMatches } from '#detection/detection.jobs.js';
import { findAll, groupsOf } from '#detection/decision.js';
import { Matcher } from '#detection/matcher.service.js';
import { memberOf } from '#detection/member-code.js';
import { RuleCatalogue } from '#detection/rule-catalogue.service.js';
import type { RuleMatch } from '#detection/rule-match.js';
import { Suppressions } from '#detection/suppressions.service.js';
import { CAPACITY, WindowRepository } from '#detection/window.repository.js';
import type { EcsEvent } from '#ecs/event.js';
import { normalise } from '#formats/normalise.js';
import { newId } from '#platform/ids.js';
import { JobQueues } from '#platform/job-queues.js';
import { aPerson, aTenant } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A whole minute, an hour ago. */
const START = Math.floor(Date.now() / MINUTE) * MINUTE - HOUR;
const REPEATED = 'Repeated failed access';

interface Alert {
  id: string;
  rule: { id: string; title: string };
  count: number;
  group: Record<string, string>;
  firstEventAt: string;
  lastEventAt: string;
}

interface Page<T> {
  items: T[];
  next: string | null;
}

let running: RunningApp;
let scope: TenantScope;
let lead: Rest;

beforeAll(async () => {
  running = await startApp();
  scope = await aTenant(running);
  lead = new Rest(running.url, (await aPerson(running, 'soc_lead', [scope])).token);
});
afterAll(() => running.stop());

const service = <T>(type: abstract new (...parts: never[]) => T): T => running.app.get<T>(type, { strict: false });

/** An address that no other test uses. */
let addresses = 0;
const anAddress = () => `198.51.${Math.floor(++addresses / 250)}.${addresses % 250}`;

let sequence = 0;
function anEvent(raw: string, assetId?: string): EcsEvent {
  const event = normalise({ raw, receivedAt: Date.now(), timeZone: 'UTC' });
  event.event.id = `c1-${String(++sequence).padStart(12, '0')}`;
  event.plantwatch = { ...event.plantwatch, ...(assetId ? { asset: { id: assetId } } : {}) };
  return event;
}

function logOn(ip: string, at: number, user = 'root', result = 'Failed'): EcsEvent {
  const time = new Date(at).toISOString();
  return anEvent(`<86>1 ${time} ews-01 sshd 2738 - - ${result} password for ${user} from ${ip} port 4022 ssh2`);
}

const failures = (ip: string, ...seconds: number[]) => seconds.map((second) => logOn(ip, START + second * SECOND));

function configured(at: number, assetId: string): EcsEvent {
  const head = `<189>1 ${new Date(at).toISOString()} sw-1 - - - -`;
  return anEvent(`${head} %SYS-5-CONFIG_I: Configured from console by admin on vty0 (10.1.10.77)`, assetId);
}

const matchesOf = (events: EcsEvent[]) => events.flatMap((event) => service(Matcher).match(event, scope.tenantId));

function submit(matches: RuleMatch[], batchId = newId()): Promise<void> {
  return service(DetectionIntake).submit(
    batchId,
    matches.map((match) => ({ tenantId: scope.tenantId, match })),
  );
}

const queue = () => service(JobQueues).queue(decideMatches.queue);

async function settled(): Promise<void> {
  const counts = () => queue().getJobCounts('waiting', 'active', 'delayed', 'prioritized');
  await eventually(counts, (found) => Object.values(found).every((count) => count === 0), 50_000);
  expect(await queue().getFailedCount()).toBe(0);
}

async function detect(events: EcsEvent[]): Promise<void> {
  await submit(matchesOf(events));
  await settled();
}

async function alertsOf(ip: string): Promise<Alert[]> {
  return (await allAlerts()).filter(({ group }) => group['source.ip'] === ip);
}

async function allAlerts(): Promise<Alert[]> {
  const items: Alert[] = [];
  for (let cursor = ''; ;) {
    const page = await lead.get<Page<Alert>>(`/alerts?limit=200${cursor}`);
    items.push(...page.items);
    if (!page.next) return items;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

describe('six failed log-ons', () => {
  it('inside one window raise one alert, and what follows amends it', async () => {
    const ip = anAddress();
    await detect(failures(ip, 0, 5, 10, 15, 20, 25));
    const [raised, ...others] = await alertsOf(ip);
    expect(others).toEqual([]);
    expect(raised).toMatchObject({ rule: { title: REPEATED }, count: 6, group: { 'user.name': 'root' } });
    for (let second = 27; second < 27 + 2 * 94; second += 2) await submit(matchesOf(failures(ip, second)));
    await settled();
    expect(await alertsOf(ip)).toEqual([expect.objectContaining({ id: raised?.id, count: 100 })]);
  });

  it('across the edge of a minute raise one', async () => {
    const ip = anAddress();
    await detect(failures(ip, 35, 43, 51));
    expect(await alertsOf(ip)).toEqual([]);
    await detect(failures(ip, 67, 75, 83));
    expect(await alertsOf(ip)).toEqual([expect.objectContaining({ count: 6 })]);
  });

  it('of which no window holds six raise none', async () => {
    const ip = anAddress();
    await detect(failures(ip, 0, 13, 26, 39, 52, 65));
    expect(await alertsOf(ip)).toEqual([]);
  });

  it('of which one came late raise one', async () => {
    const ip = anAddress();
    await detect(failures(ip, 0, 10, 30, 40, 50));
    await detect(failures(ip, 600));
    await detect(failures(ip, 20));
    expect(await alertsOf(ip)).toEqual([expect.objectContaining({ count: 6 })]);
  });

  it('told in one line that stands for five more raise one', async () => {
    const ip = anAddress();
    const repeated = logOn(ip, START + 5 * SECOND);
    repeated.plantwatch = { ...repeated.plantwatch, repeated: 5 };
    await detect([logOn(ip, START), repeated]);
    expect(await alertsOf(ip)).toEqual([expect.objectContaining({ count: 2 })]);
  });
});

/** Chance that comes out the same each time (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Bursts of failures for some users over a quarter of an hour, with log-ons that succeed. */
function someHistory(random: (below: number) => number, ip: string): EcsEvent[] {
  const events = Array.from({ length: 5 }, () => {
    const [user, from] = [`user${random(6)}`, START + random(900) * SECOND];
    const burst = Array.from({ length: 3 + random(8) }, () => logOn(ip, from + random(70) * SECOND, user));
    return random(2) ? burst : [...burst, logOn(ip, from + random(300) * SECOND, user, 'Accepted')];
  });
  return events.flat();
}

function shuffled<T>(random: (below: number) => number, items: T[]): T[] {
  const keyed = items.map((item) => [random(1_000_000), item] as const);
  return keyed.toSorted(([a], [b]) => a - b).map(([, item]) => item);
}

function cut<T>(random: (below: number) => number, items: T[]): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < items.length;) batches.push(items.slice(at, (at += 1 + random(9))));
  return batches;
}

/** What all matches at once come to. */
function expected(matches: RuleMatch[]): { id: string; count: number }[] {
  const findings = groupsOf(matches).flatMap((group) => {
    const rule = service(RuleCatalogue).alerting(group[0]!.ruleId)!;
    return findAll(rule, group, group.map(memberOf));
  });
  return findings.map((finding) => ({ id: alertId(scope.tenantId, finding), count: finding.events.length }));
}

const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);

describe('fifty histories', () => {
  async function compare(deliver: (random: (below: number) => number, events: EcsEvent[]) => Promise<void>) {
    const truths = new Map<string, { id: string; count: number }[]>();
    for (let seed = 1; seed <= 50; seed++) {
      const [random, ip] = [chance(seed), anAddress()];
      const events = someHistory(random, ip).toSorted((a, b) => a['@timestamp'].localeCompare(b['@timestamp']));
      truths.set(ip, expected(matchesOf(events)).toSorted(byId));
      await deliver(random, events);
    }
    await queue().resume();
    await settled();
    const found = Map.groupBy(await allAlerts(), ({ group }) => group['source.ip'] ?? '');
    for (const [ip, truth] of truths) {
      const raised = (found.get(ip) ?? []).map(({ id, count }) => ({ id, count }));
      expect(raised.toSorted(byId)).toEqual(truth);
    }
    const rules = new Set([...truths.keys()].flatMap((ip) => found.get(ip) ?? []).map(({ rule }) => rule.title));
    expect(rules.size).toBe(3);
  }

  it('in batches of any size, some delivered twice, raise the same alerts as all at once', async () => {
    await compare(async (random, events) => {
      for (const batch of cut(random, events)) {
        await submit(matchesOf(batch));
        if (random(3) === 0) await submit(matchesOf(batch));
      }
    });
  });

  it('out of order, after a stop with all of them waiting, do too', async () => {
    await queue().pause();
    await compare(async (random, events) => {
      for (const batch of cut(random, shuffled(random, [...events, ...events.slice(0, 5)])))
        await submit(matchesOf(batch));
    });
  });
});

describe('a batch', () => {
  it('that is submitted again under its id makes no second job', async () => {
    const matches = matchesOf(failures(anAddress(), 0, 1, 2, 3, 4, 5));
    await queue().pause();
    await submit(matches, 'batch');
    await submit(matches, 'batch');
    expect(await queue().getJobCountByTypes('waiting')).toBe(1);
    await queue().resume();
    await settled();
  });

  it('makes a job only when it could raise something, whatever it holds itself', async () => {
    const ip = anAddress();
    const jobs = async (...events: EcsEvent[]): Promise<number> => {
      await submit(matchesOf(events));
      return queue().getJobCountByTypes('waiting');
    };
    await queue().pause();
    expect(await jobs(logOn(ip, START, 'root', 'Accepted'))).toBe(0);
    expect(await jobs(...failures(ip, 1, 2, 3))).toBe(0);
    expect(await jobs(logOn(ip, START + 9 * SECOND, 'root', 'Accepted'))).toBe(0);
    expect(await jobs(...failures(ip, 4, 5, 6))).toBe(1);
    await queue().resume();
    await settled();
    const titles = (await alertsOf(ip)).map(({ rule }) => rule.title).toSorted();
    expect(titles).toEqual(['Repeated failed access', 'Successful access after repeated failures']);
  });

  it('with more matches than fit into one job makes several', async () => {
    const ip = anAddress();
    const events = Array.from({ length: 400 }, (_, at) => logOn(ip, START + at * 100));
    await detect(events);
    expect(await alertsOf(ip)).toEqual([expect.objectContaining({ count: 400 })]);
  });
});

describe('the open windows', () => {
  it('are all that is lost with Redis: alerts stay and are amended', async () => {
    const ip = anAddress();
    await detect(failures(ip, 0, 1, 2, 3, 4, 5));
    const { connection } = service(JobQueues);
    const keys = await connection.keys(`pw:{${scope.tenant.key}}:*`);
    expect(keys.length).toBeGreaterThan(0);
    await connection.del(keys);
    await detect(failures(ip, 6, 7, 8, 9, 10, 11));
    expect(await alertsOf(ip)).toEqual([expect.objectContaining({ count: 12 })]);
  });

  it('hold so many members of a group besides new ones, and say how many had to go', async () => {
    const fresh = Array.from({ length: CAPACITY + 3 }, (_, at) => {
      return { rule: 'r', id: `e${at}`, order: '', time: START + at, weight: 1, assetId: null };
    });
    const group = { ruleId: 'r', groupKey: '[]', reach: MINUTE, joinGap: MINUTE, fresh };
    const windows = service(WindowRepository);
    const [now, last] = [running.clock.now(), { ...group, fresh: fresh.slice(-1) }];
    await windows.add(scope, [group]);
    expect(await windows.trim(scope, [group, last], now)).toEqual([0, 2]);
    const ahead = { ...group, fresh: [{ ...fresh[0]!, id: 'ahead', time: Date.now() + 1000 * 24 * HOUR }] };
    const [first] = await windows.addAndRead(scope, [ahead], now);
    expect(first).toMatchObject({ whole: true, crowded: true });
    expect(first!.members).toHaveLength(CAPACITY + 1);
    await windows.trim(scope, [ahead], now);
    expect((await windows.addAndRead(scope, [ahead], now))[0]!.members).toHaveLength(CAPACITY + 1);
  });

  it('takes a batch of any size at once, and says what is known of each group', async () => {
    const groups = Array.from({ length: 600 }, (_, n) => {
      const one = { rule: `r${n % 2}`, order: '', time: START, weight: 1, assetId: null };
      const fresh = Array.from({ length: 100 + (n % 3) }, (_member, at) => ({ ...one, id: `g${n}e${at}` }));
      return { ruleId: 'many', groupKey: `[${n}]`, reach: MINUTE, joinGap: MINUTE, fresh };
    });
    const known = await service(WindowRepository).add(scope, groups);
    expect(known).toEqual(groups.map((_, n) => ({ rules: new Set([`r${n % 2}`]), events: 100 + (n % 3) })));
  });
});

describe('a configuration change', () => {
  const asset = { name: 'sw-1', componentType: 'network_device', role: 'network_device' };
  let assetId: string;

  beforeAll(async () => {
    const tenant = scope.tenantId;
    const { id: siteId } = await lead.post('/sites', { tenant, name: 'Site' });
    const { id: zoneId } = await lead.post('/zones', { tenant, siteId, name: 'Zone', slTarget: 2 });
    assetId = (await lead.post('/assets', { tenant, zoneId, ...asset })).id;
    const time = { startsAt: new Date(START), endsAt: new Date(START + 10 * MINUTE) };
    const ticket = { tenant, reference: 'CHG-7', title: 'New uplink', assetIds: [assetId], ...time };
    const { id } = await lead.post('/change-tickets', ticket);
    const owner = new Rest(running.url, (await aPerson(running, 'customer_owner', [scope])).token);
    await owner.post(`/change-tickets/${id}/approve`);
  });

  const changes = async () =>
    (await allAlerts()).filter(({ rule }) => rule.title === 'Configuration change without a ticket');

  it('inside an approved ticket raises nothing and is listed with its reason, once', async () => {
    const event = configured(START + MINUTE, assetId);
    await detect([event]);
    await detect([event]);
    expect(await changes()).toEqual([]);
    const { items, next } = await lead.get<Page<object>>(`/suppressed-matches?tenant=${scope.tenantId}`);
    expect(next).toBeNull();
    expect(items).toEqual([
      {
        rule: { id: expect.any(String), title: 'Configuration change without a ticket' },
        eventId: event.event.id,
        eventTime: new Date(START + MINUTE).toISOString(),
        assetId,
        summary: expect.stringContaining('Configured from console'),
        justification: { kind: 'change_ticket', id: expect.any(String), reference: 'CHG-7', reason: 'New uplink' },
      },
    ]);
    const count = (from: number, to: number) => service(Suppressions).count(scope, new Date(from), new Date(to));
    expect(await count(START, START + HOUR)).toBe(1);
    expect(await count(START + 2 * MINUTE, START + HOUR)).toBe(0);
  });

  it('after it raises an alert', async () => {
    await detect([configured(START + 11 * MINUTE, assetId)]);
    expect(await changes()).toEqual([expect.objectContaining({ count: 1 })]);
  });

  it('is listed page by page, and a cursor of another list is refused', async () => {
    await detect([configured(START + 2 * MINUTE, assetId), configured(START + 3 * MINUTE, assetId)]);
    const list = `/suppressed-matches?tenant=${scope.tenantId}&limit=2`;
    const first = await lead.get<Page<{ eventId: string }>>(list);
    const second = await lead.get<Page<{ eventId: string }>>(`${list}&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [expect.anything()], next: null });
    expect(new Set([...first.items, ...second.items].map(({ eventId }) => eventId)).size).toBe(3);
    await expect(lead.get(`${list}&cursor=e30.AAAA`)).rejects.toThrow(/400.*cursor/);
  });
});

describe('the rules', () => {
  it('are listed with their source', async () => {
    const { items } =
      await lead.get<Page<{ id: string; title: string; techniques: string[]; source: string }>>('/rules');
    const repeated = items.find(({ title }) => title === REPEATED);
    expect(repeated).toMatchObject({ kind: 'correlation', alerts: true, techniques: ['T0859', 'T1110.001'] });
    expect(repeated?.source).toContain('timespan: 1m');
    expect(await lead.get(`/rules/${repeated?.id}`)).toEqual(repeated);
    await expect(lead.get('/rules/none')).rejects.toThrow(/404/);
  });

  it('can be checked: what is wrong is said with its line', async () => {
    const check = (text: string) => lead.post<object>('/rules/check', { text });
    const good =
      'title: x\nlogsource: { category: authentication }\ndetection: { s: { user.name: a }, condition: s }\n';
    expect(await check(good)).toEqual({ ok: true, errors: [] });
    expect(await check(`${good}bogus: 1\n`)).toEqual({
      ok: false,
      errors: [{ file: 'rule.yml', line: 4, message: expect.stringContaining('bogus') }],
    });
    expect(await check(good.replace('user.name', 'user.nmae'))).toMatchObject({ ok: false, errors: [{ line: 1 }] });
    expect(await check('a: [')).toMatchObject({ ok: false });
    const [repeated] = (await lead.get<Page<{ title: string; source: string }>>('/rules')).items.filter(
      ({ title }) => title === REPEATED,
    );
    expect(await check(repeated!.source)).toEqual({ ok: true, errors: [] });
  });
});
