import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import request, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Notify } from '#notify/notify.service.js';
import { WebhookChannel } from '#notify/webhook.channel.js';
import { readConfig } from '#platform/config.js';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant, type TestPerson } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';

const posts: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
const mails: string[] = [];
/** What the receiver answers, by path and in turn; then 204. */
const answers = new Map<string, number[]>();

let receiver: Server;
let mailServer: SMTPServer;
let hooks: string;
let running: RunningApp;
let tenant: TenantScope;
let lead: TestPerson;
let stranger: TestPerson;
let notify: Notify;

beforeAll(async () => {
  receiver = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      const path = asked.url ?? '';
      posts.push({ path, headers: asked.headers, body: Buffer.concat(chunks).toString() });
      answer.writeHead(answers.get(path)?.shift() ?? 204, { location: '/redirected' }).end();
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
  hooks = `http://127.0.0.1:${await listen(receiver)}`;
  running = await startApp({ SMTP_URL: `smtp://127.0.0.1:${await listen(mailServer.server)}` });
  tenant = await aTenant(running);
  lead = await aPerson(running, 'soc_lead', [tenant]);
  stranger = await aPerson(running, 'customer_owner', [await aTenant(running)]);
  notify = running.app.get(Notify, { strict: false });
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

function send(verb: 'get' | 'post' | 'delete', path: string, body: object = {}, person = lead): Promise<Response> {
  const asked = request(running.url)[verb](`/api/v1${path}`).set('Authorization', `Bearer ${person.token}`);
  return verb === 'get' ? asked : asked.send(body);
}

async function aChannel(kind: 'webhook' | 'email', target: string): Promise<{ id: string; secret: string }> {
  const made = await send('post', '/channels', { tenant: tenant.tenantId, kind, name: 'Channel', target });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

const message = (channelId: string) => ({
  key: newId(),
  channelId,
  subject: 'PLC stopped',
  text: 'Look at PLC-1.',
  data: { alert: 1 },
});

interface Sent {
  key: string;
  state: string;
  attempts: number;
  lastError: string | null;
}

async function delivery(key: string): Promise<Sent | undefined> {
  const { body } = await send('get', `/deliveries?tenant=${tenant.tenantId}&limit=200`);
  return body.items.find((item: Sent) => item.key === key);
}

function settled(key: string, state: string): Promise<Sent | undefined> {
  return eventually(
    () => delivery(key),
    (found) => found?.state === state,
  );
}

describe('a webhook', () => {
  it('is signed so that a receiver can check it with the secret that was shown once', async () => {
    const { id, secret } = await aChannel('webhook', `${hooks}/signed`);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await send('get', `/channels?tenant=${tenant.tenantId}`)).text).not.toContain(secret);
    const sent = message(id);
    await notify.send(tenant, sent);
    await settled(sent.key, 'sent');
    const [post] = posts.filter(({ path }) => path === '/signed');
    const {
      'webhook-id': webhookId,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature,
    } = post?.headers ?? {};
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', key).update(`${webhookId}.${timestamp}.${post?.body}`).digest('base64');
    expect(signature).toBe(`v1,${expected}`);
    expect(JSON.parse(post?.body ?? '')).toMatchObject({
      data: { subject: 'PLC stopped', text: 'Look at PLC-1.', alert: 1 },
    });
  });

  it('is sent once, however often it is asked for and carried', async () => {
    const { id } = await aChannel('webhook', `${hooks}/once`);
    const sent = message(id);
    const ids = await Promise.all(Array.from({ length: 10 }, () => notify.store(tenant, sent)));
    expect(new Set(ids).size).toBe(1);
    await Promise.all(ids.map((deliveryId) => notify.deliver(tenant.tenantId, deliveryId)));
    await notify.send(tenant, { ...sent, text: 'else' });
    await notify.deliver(tenant.tenantId, ids[0] ?? '');
    expect(posts.filter(({ path }) => path === '/once')).toHaveLength(1);
    expect(await delivery(sent.key)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('is tried again under the same id when the receiver fails, and follows no redirect', async () => {
    answers.set('/flaky', [500, 302]);
    const { id } = await aChannel('webhook', `${hooks}/flaky`);
    const sent = message(id);
    const deliveryId = await notify.store(tenant, sent);
    await expect(notify.deliver(tenant.tenantId, deliveryId)).rejects.toThrow('answered 500');
    await expect(notify.deliver(tenant.tenantId, deliveryId)).rejects.toThrow('answered 302');
    expect(await delivery(sent.key)).toMatchObject({
      state: 'queued',
      attempts: 2,
      lastError: 'The receiver answered 302.',
    });
    await notify.deliver(tenant.tenantId, deliveryId);
    const tried = posts.filter(({ path }) => path === '/flaky').map(({ headers }) => headers['webhook-id']);
    expect(tried).toEqual([deliveryId, deliveryId, deliveryId]);
    expect(posts.some(({ path }) => path === '/redirected')).toBe(false);
    expect(await delivery(sent.key)).toMatchObject({ state: 'sent', attempts: 3, lastError: null });
  });

  it('is given up after eight attempts, and can still be replayed', async () => {
    answers.set(
      '/down',
      Array.from({ length: 8 }, () => 503),
    );
    const { id } = await aChannel('webhook', `${hooks}/down`);
    const sent = message(id);
    const deliveryId = await notify.store(tenant, sent);
    for (let attempt = 1; attempt <= 8; attempt++) {
      await expect(notify.deliver(tenant.tenantId, deliveryId)).rejects.toThrow('answered 503');
    }
    expect(await delivery(sent.key)).toMatchObject({ state: 'failed', attempts: 8 });
    await notify.deliver(tenant.tenantId, deliveryId);
    expect(await delivery(sent.key)).toMatchObject({ state: 'sent' });
  });

  it('is found by the sweep when its job was lost', async () => {
    const { id } = await aChannel('webhook', `${hooks}/lost`);
    const sent = message(id);
    await notify.store(tenant, sent);
    running.clock.forward(2 * 60_000);
    await notify.sweep();
    await settled(sent.key, 'sent');
    expect(posts.filter(({ path }) => path === '/lost')).toHaveLength(1);
  });

  it('is not sent to a channel that was removed meanwhile', async () => {
    const { id } = await aChannel('webhook', `${hooks}/removed`);
    const sent = message(id);
    const deliveryId = await notify.store(tenant, sent);
    expect((await send('delete', `/channels/${id}`)).status).toBe(204);
    await notify.deliver(tenant.tenantId, deliveryId);
    expect(await delivery(sent.key)).toMatchObject({ state: 'failed', lastError: 'The channel was removed.' });
    await expect(notify.send(tenant, message(id))).rejects.toMatchObject({ status: 404 });
    expect((await send('post', `/channels/${id}/test`)).status).toBe(404);
  });

  it('never reaches our own network, by name or by address', async () => {
    const guarded = new WebhookChannel(
      readConfig({ ...process.env, PLANTWATCH_STATE: 'unused', WEBHOOK_ALLOW_LOOPBACK: '0' }),
    );
    const { port } = receiver.address() as AddressInfo;
    const outgoing = {
      key: 'k',
      subject: '',
      text: '',
      data: {},
      deliveryId: newId(),
      createdAt: new Date(),
      at: new Date(),
      secret: 'whsec_AAAA',
    };
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1']) {
      await expect(guarded.deliver({ ...outgoing, target: `http://${host}:${port}/guarded` }), host).rejects.toThrow(
        /send to/,
      );
    }
    await guarded.onApplicationShutdown();
    expect(posts.filter(({ path }) => path === '/guarded')).toEqual([]);
    for (const target of [
      'http://169.254.169.254/latest',
      'http://[::ffff:10.0.0.1]/',
      'ftp://example.com/',
      'http://a:b@example.com/',
    ]) {
      const made = await send('post', '/channels', { tenant: tenant.tenantId, kind: 'webhook', name: 'x', target });
      expect(made.status, target).toBe(400);
      expect(made.body.errors[0].pointer).toBe('/target');
    }
  });
});

describe('an e-mail', () => {
  it('arrives once, with a stable Message-ID and one subject line', async () => {
    const { id, secret } = await aChannel('email', 'lead@plant.test');
    expect(secret).toBeNull();
    const sent = { ...message(id), subject: 'PLC\r\nBcc: everybody@plant.test' };
    const deliveryId = await notify.store(tenant, sent);
    await Promise.all([1, 2, 3].map(() => notify.deliver(tenant.tenantId, deliveryId)));
    const arrived = mails.filter((mail) => mail.includes(sent.key));
    expect(arrived).toHaveLength(1);
    expect(arrived[0]).toContain(`Message-ID: <${sent.key}@plantwatch>`);
    expect(arrived[0]).toContain('To: lead@plant.test');
    expect(arrived[0]).toMatch(/^Subject: PLC Bcc: everybody@plant.test\r$/m);
    expect(arrived[0]).not.toMatch(/^Bcc:/im);
  });

  it('has one receiver', async () => {
    for (const target of ['a@plant.test, b@plant.test', 'a@plant.test\nBcc: b@plant.test', 'nobody']) {
      const made = await send('post', '/channels', { tenant: tenant.tenantId, kind: 'email', name: 'x', target });
      expect(made.status).toBe(400);
    }
  });
});

describe('channels', () => {
  it('are tried out by a test message', async () => {
    const { id } = await aChannel('webhook', `${hooks}/test`);
    const tried = await send('post', `/channels/${id}/test`);
    expect(tried.status).toBe(202);
    await eventually(
      async () => posts.filter(({ path }) => path === '/test'),
      (found) => found.length === 1,
    );
  });

  it('are their own tenant’s', async () => {
    const { id } = await aChannel('webhook', `${hooks}/own`);
    expect((await send('delete', `/channels/${id}`, {}, stranger)).status).toBe(404);
    expect((await send('post', `/channels/${id}/test`, {}, stranger)).status).toBe(404);
    expect((await send('get', `/channels?tenant=${tenant.tenantId}`, {}, stranger)).status).toBe(404);
    expect((await send('get', '/channels', {}, stranger)).body).toEqual({ items: [], next: null });
    expect((await send('get', '/deliveries', {}, stranger)).body).toEqual({ items: [], next: null });
  });

  it('list what was said page by page', async () => {
    const all = (await send('get', `/deliveries?tenant=${tenant.tenantId}&limit=200`)).body.items.map(
      ({ key }: Sent) => key,
    );
    const walked: string[] = [];
    let next = '';
    do {
      const { body } = await send('get', `/deliveries?tenant=${tenant.tenantId}&limit=2${next}`);
      walked.push(...body.items.map(({ key }: Sent) => key));
      next = body.next ? `&cursor=${encodeURIComponent(body.next)}` : '';
    } while (next);
    expect(walked).toEqual(all);
  });
});
