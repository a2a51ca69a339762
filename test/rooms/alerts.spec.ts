import request, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '#access/caller.js';
import { Alerts, type Raised } from '#alerts/alerts.service.js';
import { claim } from '#alerts/decisions.js';
import type { AlertFinding } from '#alerts/finding.js';
import { Triage } from '#alerts/triage.service.js';
import { Bulk } from '#events/bulk.js';
import { EventIndices } from '#events/event-indices.service.js';
import { EventWriter } from '#events/event-writer.service.js';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant, type TestPerson } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';

const MINUTE = 60_000;
const START = Date.parse('2026-11-23T03:00:00Z');

let running: RunningApp;
let ours: TenantScope, theirs: TenantScope;
let analyst: TestPerson, colleague: TestPerson, lead: TestPerson;
let operator: TestPerson, viewer: TestPerson, stranger: TestPerson;

beforeAll(async () => {
  running = await startApp();
  ours = await aTenant(running, 'Ours');
  theirs = await aTenant(running, 'Theirs');
  analyst = await aPerson(running, 'analyst', [ours, theirs]);
  colleague = await aPerson(running, 'analyst', [ours]);
  lead = await aPerson(running, 'soc_lead', [ours]);
  operator = await aPerson(running, 'customer_operator', [ours]);
  viewer = await aPerson(running, 'customer_viewer', [ours]);
  stranger = await aPerson(running, 'customer_owner', [theirs]);
});
afterAll(() => running.stop());

function get(person: TestPerson, path: string): Promise<Response> {
  return request(running.url).get(`/api/v1/alerts${path}`).set('Authorization', `Bearer ${person.token}`);
}

function post(
  person: TestPerson,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const asked = request(running.url).post(`/api/v1/alerts${path}`).set('Authorization', `Bearer ${person.token}`);
  return asked.set(headers).send(body);
}

const ids = (answer: Response): string[] => answer.body.items.map((item: { id: string }) => item.id);

let groups = 0;

/** Events number `from` to `to`, a second apart, of a group that no other test has. */
function aFinding(from: number, to: number, change: Partial<AlertFinding> = {}): AlertFinding {
  const groupKey = change.groupKey ?? `10.0.0.${(groups += 1)}`;
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return {
    rule: { id: 'failed-access', title: 'Failed access', level: 'medium', techniques: ['T0859'], description: '' },
    group: { 'source.ip': groupKey },
    groupKey,
    joinGap: MINUTE,
    events: numbers.map((number) => ({ id: `${groupKey}-${number}`, time: START + number * 1000 })),
    assetIds: [],
    summary: `${numbers.length} failed log-ons from ${groupKey}`,
    ...change,
  };
}

function raise(finding: AlertFinding, scope = ours): Promise<Raised> {
  return running.app.get(Alerts, { strict: false }).raise(scope, finding);
}

async function anAlert(scope = ours): Promise<string> {
  return (await raise(aFinding(1, 6), scope)).alertId;
}

async function detail(id: string, person = analyst): Promise<Response['body']> {
  const answer = await get(person, `/${id}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

describe('raising', () => {
  it('makes one alert of six events, and the seventh to the hundredth amend it', async () => {
    const first = aFinding(1, 6);
    const { alertId, change } = await raise(first);
    expect(change).toBe('raised');
    for (let event = 7; event <= 100; event++) {
      const { groupKey } = first;
      expect(await raise(aFinding(event - 5, event, { groupKey }))).toEqual({ alertId, change: 'amended' });
    }
    const alert = await detail(alertId);
    expect(alert).toMatchObject({ count: 100, status: 'new', revision: 95, severity: 'medium' });
    expect(alert.evidence).toMatchObject({ count: 100, lastEventAt: '2026-11-23T03:01:40.000Z' });
    expect(alert.history).toHaveLength(95);
    expect(alert.history.at(-1)).toMatchObject({ kind: 'amended', from: '99', to: '100', actor: { kind: 'system' } });
  });

  it('changes nothing when it is replayed, also after the alert was closed', async () => {
    const finding = aFinding(1, 6);
    const { alertId } = await raise(finding);
    expect(await raise(finding)).toEqual({ alertId, change: 'none' });
    await post(analyst, `/${alertId}/close`, { verdict: 'test' });
    expect(await raise({ ...finding, events: finding.events.slice(2) })).toEqual({ alertId, change: 'none' });
    expect(await detail(alertId)).toMatchObject({ status: 'closed', count: 6, revision: 2 });
  });

  it('makes one alert with the exact count when fifty machines raise at once', async () => {
    const { groupKey } = aFinding(1, 1);
    const findings = Array.from({ length: 50 }, (_, index) => aFinding(index + 1, index + 6, { groupKey }));
    const raised = await Promise.all(findings.map((finding) => raise(finding)));
    expect(new Set(raised.map(({ alertId }) => alertId)).size).toBe(1);
    expect(raised.filter(({ change }) => change === 'raised')).toHaveLength(1);
    expect((await detail(raised[0]?.alertId ?? '')).count).toBe(55);
  });

  it('joins a late event from before, and makes a new alert beyond the gap', async () => {
    const finding = aFinding(100, 105);
    const { groupKey } = finding;
    const { alertId } = await raise(finding);
    expect(await raise(aFinding(40, 45, { groupKey }))).toEqual({ alertId, change: 'amended' });
    expect((await detail(alertId)).firstEventAt).toBe('2026-11-23T03:00:40.000Z');
    const later = await raise(aFinding(166, 171, { groupKey }));
    expect(later.change).toBe('raised');
    expect(later.alertId).not.toBe(alertId);
  });

  it('reopens a closed alert on new activity, as nobody’s, and the history says so', async () => {
    const finding = aFinding(1, 6);
    const { alertId } = await raise(finding);
    await post(analyst, `/${alertId}/close`, { verdict: 'false_positive', note: 'a scanner' });
    expect((await raise(aFinding(7, 7, { groupKey: finding.groupKey }))).change).toBe('amended');
    const alert = await detail(alertId);
    expect(alert).toMatchObject({ status: 'new', verdict: null, closedAt: null, assignee: null, count: 7 });
    expect(alert.acknowledgedAt).not.toBeNull();
    expect(alert.history.at(-1)).toMatchObject({ kind: 'status', from: 'closed', to: 'new' });
  });

  it('keeps tenants apart, though rule, group and events are the same', async () => {
    const finding = aFinding(1, 6);
    const raised = [await raise(finding, ours), await raise(finding, theirs)];
    expect(raised.map(({ change }) => change)).toEqual(['raised', 'raised']);
  });

  it('keeps what hostile logs put into it', async () => {
    const hostile = 'a\0b\ud800c\u202e<script>';
    const group = { summary: hostile, group: { user: hostile }, groupKey: hostile.repeat(5000) };
    const { alertId } = await raise({ ...aFinding(1, 6), ...group });
    const alert = await detail(alertId);
    expect(alert.summary).toBe('a\uFFFDb\uFFFDc\u202e<script>');
    expect(alert.group).toEqual({ user: alert.summary });
  });

  it('names the assets and weighs them', async () => {
    const engineer = await aPerson(running, 'customer_owner', [ours]);
    const made = await request(running.url)
      .post('/api/v1/assets')
      .set('Authorization', `Bearer ${engineer.token}`)
      .send({ name: 'SIS-1', componentType: 'embedded_device', role: 'sis', criticality: 4 });
    expect(made.status, made.text).toBe(201);
    running.clock.forward(3000);
    const { alertId } = await raise(aFinding(1, 6, { assetIds: [made.body.id] }));
    expect(await detail(alertId)).toMatchObject({ riskScore: 63, assets: [{ id: made.body.id, name: 'SIS-1' }] });
    const found = await get(analyst, `?asset=${made.body.id}`);
    expect(ids(found)).toEqual([alertId]);
  });
});

describe('triage', () => {
  it('acknowledging assigns to whoever does it, once', async () => {
    const id = await anAlert();
    const first = await post(analyst, `/${id}/acknowledge`);
    expect(first.status, first.text).toBe(200);
    expect(first.body).toMatchObject({ status: 'acknowledged', assignee: { id: analyst.id }, revision: 2 });
    const again = await post(analyst, `/${id}/acknowledge`, {});
    expect(again.body.revision).toBe(2);
    expect((await post(analyst, `/${id}/reopen`)).status).toBe(409);
  });

  it('refuses a change that was made on an older revision', async () => {
    const id = await anAlert();
    await post(analyst, `/${id}/comment`, { text: 'Looking.', revision: 1 });
    const stale = await post(colleague, `/${id}/start`, { revision: 1 });
    expect(stale.status).toBe(412);
    expect(stale.type).toBe('application/problem+json');
    const byHeader = (tag: string): Promise<Response> => post(colleague, `/${id}/start`, {}, { 'If-Match': tag });
    expect((await byHeader('"1"')).status).toBe(412);
    expect((await byHeader('seven')).status).toBe(400);
    expect((await byHeader('"2"')).body).toMatchObject({ status: 'in_progress', revision: 3 });
  });

  it('closes with a verdict only, and keeps the note', async () => {
    const id = await anAlert();
    for (const body of [undefined, {}, { verdict: 'nothing' }, { note: 'x' }]) {
      expect((await post(analyst, `/${id}/close`, body)).status).toBe(400);
    }
    const closed = await post(analyst, `/${id}/close`, { verdict: 'benign_true_positive', note: 'planned' });
    expect(closed.body).toMatchObject({ status: 'closed', verdict: 'benign_true_positive' });
    expect(closed.body.history.at(-1)).toMatchObject({ to: 'closed', text: 'benign_true_positive: planned' });
    expect((await post(analyst, `/${id}/close`, { verdict: 'test' })).status).toBe(409);
    expect((await post(analyst, `/${id}/reopen`)).body).toMatchObject({ status: 'new', verdict: null });
  });

  it('gives a claim to one of a hundred who ask at once', async () => {
    const id = await anAlert();
    const triage = running.app.get(Triage, { strict: false });
    const callers = Array.from({ length: 100 }, (_, index): Caller => {
      const tenantIds = [ours.tenantId];
      const named = { personId: newId(), name: `Analyst ${index}`, email: `a${index}@plantwatch.test` };
      return { ...named, role: 'analyst', tenantId: null, tenantIds, authenticator: 'token' };
    });
    const outcomes = await Promise.all(
      callers.map((caller) =>
        triage
          .act(ours, { caller, id, revision: undefined }, (at) => claim(at, { steal: false }))
          .then(
            () => caller.personId,
            (error: { status: number }) => error.status,
          ),
      ),
    );
    const won = outcomes.filter((outcome) => outcome !== 409);
    expect(won).toHaveLength(1);
    const alert = await detail(id);
    expect(alert.claim.by.id).toBe(won[0]);
    expect(alert.history.filter(({ kind }: { kind: string }) => kind === 'claimed')).toHaveLength(1);
  });

  it('hands a claim over: by lease, for a reason, to a lead', async () => {
    const id = await anAlert();
    expect((await post(analyst, `/${id}/claim`)).body.claim.by.id).toBe(analyst.id);
    expect((await post(colleague, `/${id}/claim`)).status).toBe(409);
    expect((await post(colleague, `/${id}/start`)).status).toBe(409);
    expect((await post(colleague, `/${id}/claim`, { steal: true })).status).toBe(400);
    const stolen = await post(colleague, `/${id}/claim`, { steal: true, reason: 'gone home' });
    expect(stolen.body.history.at(-1)).toMatchObject({ kind: 'stolen', from: 'analyst', text: 'gone home' });
    expect((await post(lead, `/${id}/claim`, { steal: true })).body.claim.by.id).toBe(lead.id);
    running.clock.forward(31 * MINUTE);
    expect((await detail(id)).claim).toBeNull();
    expect((await post(colleague, `/${id}/claim`)).body.claim.by.id).toBe(colleague.id);
    expect((await post(colleague, `/${id}/release`)).body.claim).toBeNull();
  });

  it('assigns to people who work for that customer', async () => {
    const id = await anAlert();
    const assigned = await post(analyst, `/${id}/assign`, { person: colleague.id });
    expect(assigned.body.assignee).toEqual({ id: colleague.id, name: 'analyst' });
    for (const person of [stranger.id, viewer.id, newId(), 'me']) {
      expect((await post(analyst, `/${id}/assign`, { person })).status).toBe(400);
    }
    const mine = await get(colleague, '?assignee=me');
    expect(ids(mine)).toContain(id);
    expect((await post(analyst, `/${id}/assign`, { person: null })).body.assignee).toBeNull();
  });

  it('lets a customer’s operator acknowledge and comment, and a viewer only look', async () => {
    const id = await anAlert();
    expect((await post(operator, `/${id}/acknowledge`)).status).toBe(200);
    const said = await post(operator, `/${id}/comment`, { text: ' It was us.\0 ' });
    expect(said.body.history.at(-1)).toMatchObject({ text: 'It was us.\uFFFD', actor: { id: operator.id } });
    expect((await detail(id, viewer)).id).toBe(id);
    expect((await post(viewer, `/${id}/comment`, { text: 'x' })).status).toBe(403);
    expect((await post(operator, `/${id}/comment`, { text: '  ' })).status).toBe(400);
  });

  it('hides another customer’s alert behind the answer for an unknown one', async () => {
    const id = await anAlert();
    const unknown = await get(stranger, `/${'0'.repeat(32)}`);
    const answers = [
      await get(stranger, `/${id}`),
      await get(stranger, `/${id}/events`),
      await post(stranger, `/${id}/claim`),
    ];
    for (const { body } of answers) expect({ ...body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
  });
});

describe('the queue', () => {
  it('is one over the tenants that one works for, newest first', async () => {
    const own = await anAlert(ours);
    running.clock.forward(10);
    const other = await anAlert(theirs);
    const both = await get(analyst, '?limit=2');
    expect(ids(both)).toEqual([other, own]);
    expect(both.body.items[0]).toMatchObject({
      tenant: { id: theirs.tenantId, name: 'Theirs' },
      rule: { id: 'failed-access', title: 'Failed access' },
      techniques: ['T0859'],
    });
    expect(ids(await get(analyst, `?tenant=${ours.tenantId}&limit=1`))).toEqual([own]);
    expect(ids(await get(stranger, ''))).not.toContain(own);
    expect((await get(stranger, `?tenant=${ours.tenantId}`)).status).toBe(404);
  });

  it('filters', async () => {
    const rule = { ...aFinding(1, 1).rule, id: 'mode-change', title: 'PLC 100% stopped', level: 'critical' } as const;
    const { alertId } = await raise(aFinding(1, 1, { rule }));
    const finding = 'severity=critical severity=critical&severity=high q=plc%20100%25 status=new&rule=mode-change';
    const missing = `severity=low q=100_ rule=mode-change&status=closed rule=mode-change&assignee=${lead.id}`;
    for (const query of finding.split(' ')) expect(ids(await get(analyst, `?${query}`)), query).toEqual([alertId]);
    for (const query of missing.split(' ')) expect(ids(await get(analyst, `?${query}`)), query).toEqual([]);
    for (const query of ['severity=worst', 'limit=0', 'asset=x', 'sort=name', 'cursor=x.y']) {
      expect((await get(analyst, `?${query}`)).status, query).toBe(400);
    }
  });

  it('is walked page by page without gap or repetition, in both orders', async () => {
    for (const sort of ['newest', 'risk']) {
      const all = ids(await get(analyst, `?sort=${sort}&limit=200`));
      const walked: string[] = [];
      let next = '';
      do {
        const page = await get(analyst, `?sort=${sort}&limit=3${next}`);
        walked.push(...ids(page));
        next = page.body.next ? `&cursor=${encodeURIComponent(page.body.next)}` : '';
      } while (next);
      expect(walked).toEqual(all);
    }
    const page = await get(analyst, '?limit=1');
    const elsewhere = await get(analyst, `?limit=1&sort=risk&cursor=${encodeURIComponent(page.body.next)}`);
    expect(elsewhere.status).toBe(400);
  });

  it('shows the events behind an alert, and which are no longer kept', async () => {
    const finding = aFinding(1, 3);
    const { alertId } = await raise(finding);
    const index = await running.app.get(EventIndices, { strict: false }).writeIndex(ours);
    const bulk = new Bulk();
    for (const { id, time } of finding.events.slice(0, 2)) {
      const at = new Date(time).toISOString();
      const event = { id, original: 'x', created: at, ingested: at, kind: 'event', dataset: 'sshd' };
      bulk.add({ index }, id, JSON.stringify({ '@timestamp': at, message: 'Failed password', event }));
    }
    const written = await running.app.get(EventWriter, { strict: false }).write(bulk);
    expect(written.indexed).toBe(2);
    await expect
      .poll(async () => (await get(analyst, `/${alertId}/events`)).body.items.length, { timeout: 10_000 })
      .toBe(2);
    const answer = await get(analyst, `/${alertId}/events`);
    expect(answer.body).toMatchObject({ missing: [finding.events[2]?.id], next: null });
    const page = await get(analyst, `/${alertId}/events?limit=1`);
    const second = await get(analyst, `/${alertId}/events?limit=1&cursor=${encodeURIComponent(page.body.next)}`);
    expect(second.body.items[0].event.id).toBe(finding.events[1]?.id);
  });

  it('tells live what changes, to those who may see it', async () => {
    const listen = async (person: TestPerson): Promise<ReadableStreamDefaultReader<string>> => {
      const answer = await fetch(`${running.url}/api/v1/alerts/stream`, {
        headers: { Authorization: `Bearer ${person.token}` },
      });
      expect(answer.headers.get('content-type')).toContain('text/event-stream');
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      if (!reader) throw new Error('No stream.');
      let opened = '';
      while (!opened.includes('heartbeat')) opened += (await reader.read()).value;
      return reader;
    };
    const [own, other] = await Promise.all([listen(operator), listen(stranger)]);
    const hidden = await anAlert(ours);
    const shown = await anAlert(theirs);
    const first = async (reader: ReadableStreamDefaultReader<string>): Promise<string> => {
      let text = '';
      while (!/data: \{"id".*\n\n/.test(text)) text += (await reader.read()).value;
      await reader.cancel();
      return text;
    };
    const told = await first(own);
    expect(told).toContain(`"id":"${hidden}"`);
    expect(told).toMatch(/^id: \d+$/m);
    const toldOthers = await first(other);
    expect(toldOthers).toContain(shown);
    expect(toldOthers).not.toContain(hidden);
  });
});

describe('metrics', () => {
  it('count what was raised in a period, how fast it was acknowledged and what is open', async () => {
    const scope = await aTenant(running);
    const person = await aPerson(running, 'analyst', [scope]);
    const alerts = running.app.get(Alerts, { strict: false });
    const from = running.clock.now();
    const raised = [await anAlert(scope), await anAlert(scope), await anAlert(scope)];
    running.clock.forward(10 * MINUTE);
    await post(person, `/${raised[0]}/acknowledge`);
    await post(person, `/${raised[1]}/close`, { verdict: 'test' });
    const to = running.clock.now();
    const metrics = await alerts.metrics(scope, from, to);
    expect(metrics).toMatchObject({ bySeverity: { medium: 3 }, open: 2 });
    expect(metrics.acknowledgeSeconds.median).toBeGreaterThanOrEqual(600);
    expect(metrics.acknowledgeSeconds.p95).toBeLessThan(660);
    const quiet = await alerts.metrics(scope, to, new Date(to.getTime() + 1));
    expect(quiet).toEqual({ bySeverity: {}, acknowledgeSeconds: { median: null, p95: null }, open: 2 });
  });
});
