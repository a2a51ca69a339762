import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendTcp } from '#apps/server/demo/senders.js';
import { failedLogons } from '#test/factories/plant.js';
import { aSite, type TestSite, type TestSource } from '#test/factories/site.js';
import { freePort, startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

const MINUTE = 60_000;

let running: RunningApp;
let site: TestSite;
let source: TestSource;
let smtp: SMTPServer;
let hooks: Server;
const mails: { to: string; text: string }[] = [];
const posts: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  const smtpPort = await freePort();
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map((to) => to.address).join(),
          text: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(smtpPort, '127.0.0.1', () => resolve()));
  hooks = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => hooks.listen(0, '127.0.0.1', resolve));
  running = await startApp({ SMTP_URL: `smtp://127.0.0.1:${smtpPort}` });
  site = await aSite(running);
  source = await site.source('syslog-tcp');
  await listening(source.port);
});

afterAll(async () => {
  await running.stop();
  hooks.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

async function anAlert(user: string): Promise<string> {
  await sendTcp(source.port, '127.0.0.1', failedLogons(user, 6, running.clock.now().getTime()));
  const page = await eventually(
    () => site.lead.get<{ items: { id: string; group: Record<string, string> }[] }>('/alerts'),
    ({ items }) => items.some((alert) => alert.group['user.name'] === user),
  );
  return page.items.find((alert) => alert.group['user.name'] === user)?.id ?? '';
}

it('climbs its policy while nobody acknowledges, each message once, and stops when somebody does', async () => {
  const { port } = hooks.address() as AddressInfo;
  const channel = (kind: string, target: string): Promise<{ id: string }> =>
    site.lead.post('/channels', { tenant: site.tenant, kind, name: target, target });
  const hook = await channel('webhook', `http://127.0.0.1:${port}/alerts`);
  const desk = await channel('email', 'desk@plant.test');
  const manager = await channel('email', 'manager@plant.test');
  await site.lead.post('/escalation-policies', {
    tenant: site.tenant,
    name: 'Night',
    minSeverity: 'low',
    steps: [
      { afterSeconds: 0, channelIds: [hook.id, desk.id], label: 'Desk' },
      { afterSeconds: 900, channelIds: [manager.id], label: 'Manager' },
      { afterSeconds: 1800, channelIds: [hook.id], label: 'Desk again' },
    ],
  });

  const first = await anAlert('operator');
  await eventually(
    async () => [mails.length, posts.length],
    ([mail, post]) => mail === 1 && post === 1,
  );
  running.clock.forward(16 * MINUTE);
  await eventually(
    async () => mails.length,
    (count) => count === 2,
  );
  expect(mails.map((mail) => mail.to)).toEqual(['desk@plant.test', 'manager@plant.test']);
  expect(mails[0]?.text).toContain('Repeated failed access');
  running.clock.forward(16 * MINUTE);
  await eventually(
    async () => posts.length,
    (count) => count === 2,
  );
  expect(new Set(posts.map((post) => post.headers['webhook-id'])).size).toBe(2);
  expect(posts.every((post) => post.body.includes(first))).toBe(true);

  const second = await anAlert('engineer');
  await eventually(
    async () => [mails.length, posts.length],
    ([mail, post]) => mail === 3 && post === 3,
  );
  await site.lead.post(`/alerts/${second}/acknowledge`);
  running.clock.forward(60 * MINUTE);
  const third = await anAlert('witness');
  await eventually(
    async () => posts.filter((post) => post.body.includes(third)).length,
    (count) => count === 1,
  );
  // The witness came later than the acknowledged alert's due steps, and by the same sweep.
  await eventually(
    async () => mails.length,
    (count) => count >= 4,
  );
  expect(posts.filter((post) => post.body.includes(second))).toHaveLength(1);
  expect(mails.filter((mail) => mail.to === 'manager@plant.test')).toHaveLength(1);
});
