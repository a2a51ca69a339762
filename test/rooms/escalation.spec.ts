import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import request, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Alerts } from '#alerts/alerts.service.js';
import { EscalationRunner } from '#alerts/escalation-runner.service.js';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant, type TestPerson } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

const MINUTE = 60_000;
const posts: { id: string; body: { data: { alert: { id: string }; escalation: { step: number } } } }[] = [];
const mails: string[] = [];

let receiver: Server;
let mailServer: SMTPServer;
let running: RunningApp;
let tenant: TenantScope;
let lead: TestPerson;
let channels: { hook: string; mail: string };

beforeAll(async () => {
  receiver = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      posts.push({ id: String(asked.headers['webhook-id']), body: JSON.parse(Buffer.concat(chunks).toString()) });
      answer.end();
    });
  });
  mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  const [hookPort, mailPort] = [await listen(receiver), await listen(mailServer.server)];
  running = await startApp({ SMTP_URL: `smtp://127.0.0.1:${mailPort}` });
  ({ tenant, lead } = await aTeam());
  const made = async (body: object): Promise<string> =>
    (await send('post', '/channels', { tenant: tenant.tenantId, ...body })).body.id;
  channels = {
    hook: await made({ kind: 'webhook', name: 'SOAR', target: `http://127.0.0.1:${hookPort}/hook` }),
    mail: await made({ kind: 'email', name: 'Shift lead', target: 'lead@plant.test' }),
  };
  const steps = [
    { afterSeconds: 900, channelIds: [channels.hook, channels.mail], label: 'shift lead' },
    { afterSeconds: 0, channelIds: [channels.hook], label: 'analyst' },
  ];
  const policy = await send('post', '/escalation-policies', {
    tenant: tenant.tenantId,
    name: 'Night',
    minSeverity: 'medium',
    steps,
  });
  expect(policy.status, policy.text).toBe(201);
});

afterAll(async () => {
  await running.stop();
  receiver.close();
  await new Promise<void>((resolve) => mailServer.close(resolve));
});

async function listen(server: {
  listen(port: number, host: string, done: () => void): unknown;
  address(): unknown;
}): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function aTeam(): Promise<{ tenant: TenantScope; lead: TestPerson }> {
  const scope = await aTenant(running);
  return { tenant: scope, lead: await aPerson(running, 'soc_lead', [scope]) };
}

function send(
  verb: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  body: object = {},
  person = lead,
): Promise<Response> {
  const asked = request(running.url)[verb](`/api/v1${path}`).set('Authorization', `Bearer ${person.token}`);
  return verb === 'get' ? asked : asked.send(body);
}

async function raise(level: 'low' | 'high' = 'high', groupKey = newId(), scope = tenant): Promise<string> {
  const time = running.clock.now().getTime();
  const rule = { id: 'r', title: 'PLC stopped', level, techniques: [], description: '' };
  const finding = {
    rule,
    group: {},
    groupKey,
    joinGap: 60 * MINUTE,
    events: [{ id: newId(), time }],
    assetIds: [],
    summary: 'PLC-1',
  };
  return (await running.app.get(Alerts, { strict: false }).raise(scope, finding)).alertId;
}

/** Puts the clock forward; what is due then runs, whoever runs it. */
async function after(milliseconds: number): Promise<void> {
  running.clock.forward(milliseconds);
  const runner = running.app.get(EscalationRunner, { strict: false });
  await Promise.all([runner.runDue(running.clock.now()), runner.runDue(running.clock.now())]);
}

const postsOf = (alertId: string): number[] =>
  posts.filter(({ body }) => body.data.alert?.id === alertId).map(({ body }) => body.data.escalation.step);
const mailsOf = (alertId: string): string[] => mails.filter((mail) => mail.includes(alertId));

async function states(alertId: string): Promise<string[]> {
  const { body } = await send('get', `/alerts/${alertId}`);
  return body.escalation.map(({ state }: { state: string }) => state);
}

describe('an alert that nobody acknowledges', () => {
  it('climbs its policy, and each message arrives once', async () => {
    const id = await raise();
    await eventually(
      async () => postsOf(id),
      (told) => told.length === 1,
    );
    expect(mailsOf(id)).toEqual([]);
    await after(14 * MINUTE);
    expect(await states(id)).toEqual(['done', 'pending']);
    await after(MINUTE);
    await eventually(
      async () => [postsOf(id).length, mailsOf(id).length],
      ([hook, mail]) => hook === 2 && mail === 1,
    );
    await after(60 * MINUTE);
    await after(60 * MINUTE);
    expect(postsOf(id)).toEqual([1, 2]);
    expect(mailsOf(id)).toHaveLength(1);
    expect(mailsOf(id)[0]).toMatch(new RegExp(`^Message-ID:\\s+<${id}\\.2\\.${channels.mail}@plantwatch>`, 'im'));
    expect(new Set(posts.map((post) => post.id)).size).toBe(posts.length);
    const { body } = await send('get', `/alerts/${id}`);
    const told = body.history.filter(({ kind }: { kind: string }) => kind === 'escalated');
    expect(told.map(({ to }: { to: string }) => to)).toEqual(['analyst', 'shift lead']);
  });

  it.each(['acknowledge', 'claim', 'start', 'close'])('stops climbing at %s', async (verb) => {
    const id = await raise();
    await after(0);
    const answer = await send('post', `/alerts/${id}/${verb}`, verb === 'close' ? { verdict: 'test' } : {});
    expect(answer.status, answer.text).toBe(200);
    await after(60 * MINUTE);
    expect(await states(id)).toEqual(['done', 'cancelled']);
    expect(mailsOf(id)).toEqual([]);
  });

  it('climbs anew when it is reopened, by a person or by new activity', async () => {
    const groupKey = newId();
    const id = await raise('high', groupKey);
    await after(0);
    await send('post', `/alerts/${id}/close`, { verdict: 'test' });
    await send('post', `/alerts/${id}/reopen`);
    await after(0);
    expect(await states(id)).toEqual(['done', 'cancelled', 'done', 'pending']);
    await send('post', `/alerts/${id}/close`, { verdict: 'test' });
    expect(await raise('high', groupKey)).toBe(id);
    await after(0);
    expect(await states(id)).toEqual(['done', 'cancelled', 'done', 'cancelled', 'done', 'pending']);
    await eventually(
      async () => postsOf(id),
      (told) => told.length === 3,
    );
    expect(postsOf(id).toSorted()).toEqual([1, 3, 5]);
  });

  it('does not climb when it is milder than the policy asks for', async () => {
    expect(await states(await raise('low'))).toEqual([]);
  });

  it('follows the policy as it was when it was raised, without a channel that is gone', async () => {
    const id = await raise();
    await after(0);
    const { body } = await send('get', `/escalation-policies?tenant=${tenant.tenantId}`);
    const { id: policy, steps } = body.items[0];
    await send('patch', `/escalation-policies/${policy}`, {
      steps: [{ ...steps[0], afterSeconds: 0, label: 'nobody' }],
    });
    expect((await send('delete', `/channels/${channels.mail}`)).status).toBe(204);
    await after(15 * MINUTE);
    await eventually(
      async () => postsOf(id),
      (told) => told.length === 2,
    );
    const alert = await send('get', `/alerts/${id}`);
    const last = alert.body.history.at(-1);
    expect(last).toMatchObject({ kind: 'escalated', to: 'shift lead', text: '1 of the channels were removed.' });
    expect(mailsOf(id)).toEqual([]);
  });
});

describe('escalation policies', () => {
  const aPolicy = (name: string, change: object = {}): object => {
    const steps = [{ afterSeconds: 60, channelIds: [channels.hook], label: 'on call' }];
    return { tenant: tenant.tenantId, name, minSeverity: 'low', steps, ...change };
  };

  it('have one in force', async () => {
    const second = await send('post', '/escalation-policies', aPolicy('Holiday'));
    expect(second.body).toMatchObject({ default: false, minSeverity: 'low' });
    await send('patch', `/escalation-policies/${second.body.id}`, { default: true });
    const { body } = await send('get', `/escalation-policies?tenant=${tenant.tenantId}`);
    expect(body.items.map((policy: { name: string; default: boolean }) => [policy.name, policy.default])).toEqual([
      ['Night', false],
      ['Holiday', true],
    ]);
    expect((await send('patch', `/escalation-policies/${second.body.id}`, { default: false })).status).toBe(400);
  });

  it('have one in force also when several are made at once', async () => {
    const team = await aTeam();
    const own = { tenant: team.tenant.tenantId, kind: 'email', name: 'x', target: 'x@plant.test' };
    const channel = await send('post', '/channels', own, team.lead);
    const steps = [{ afterSeconds: 0, channelIds: [channel.body.id], label: 'x' }];
    const add = (name: string): Promise<Response> =>
      send(
        'post',
        '/escalation-policies',
        { tenant: own.tenant, name, minSeverity: 'low', steps, default: true },
        team.lead,
      );
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'e'].map(add));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 201, 201, 201, 409]);
    const { body } = await send('get', `/escalation-policies?tenant=${own.tenant}`, {}, team.lead);
    expect(body.items.filter((policy: { default: boolean }) => policy.default)).toHaveLength(1);
  });

  it('name channels of their own tenant only, and refuse nonsense', async () => {
    const other = await aTeam();
    const foreign = aPolicy('Foreign', { tenant: other.tenant.tenantId });
    expect((await send('post', '/escalation-policies', foreign, other.lead)).status).toBe(400);
    const { body } = await send('get', `/escalation-policies?tenant=${tenant.tenantId}`);
    expect((await send('patch', `/escalation-policies/${body.items[0].id}`, { name: 'x' }, other.lead)).status).toBe(
      404,
    );
    for (const wrong of [
      { steps: [] },
      { minSeverity: 'worst' },
      { name: 'a\nb' },
      { steps: [{ afterSeconds: -1, channelIds: [channels.hook], label: 'x' }] },
    ]) {
      expect((await send('post', '/escalation-policies', aPolicy('Wrong', wrong))).status).toBe(400);
    }
  });
});
