import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdentityService } from '#access/identity.service.js';
import { PeopleService } from '#access/people.service.js';
import { Alerts } from '#alerts/alerts.service.js';
import type { AlertFinding } from '#alerts/finding.js';
import { Rest } from '#apps/server/demo/rest.js';
import { sendTcp } from '#apps/server/demo/senders.js';
import { Config } from '#platform/config.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant } from '#test/factories/people.js';
import { failedLogons } from '#test/factories/plant.js';
import { freePort, startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

const ROOT = path.join(import.meta.dirname, '../..');
const SHOTS = path.join(tmpdir(), 'plantwatch-console');
/** Kept with the documentation when PLANTWATCH_SCREENSHOTS is set. */
const DOCUMENTED = ['queue', 'alert', 'verdict', 'light'];
const DOCS = path.join(ROOT, 'docs/screenshots');

interface Staff {
  id: string;
  email: string;
  password: string;
  token: string;
}

let running: RunningApp;
let browser: Browser;
let page: Page;
let waterworks: TenantScope;
let power: TenantScope;
let analyst: Staff;
let lead: Rest;
let port: number;
const complaints: string[] = [];

beforeAll(async () => {
  running = await startApp();
  await buildConsole();
  waterworks = await aTenant(running, 'Riverside Waterworks');
  power = await aTenant(running, 'Northfield Power Station');
  analyst = await staff('analyst', 'Mara Lindqvist');
  lead = new Rest(running.url, (await staff('soc_lead', 'Jonas Weber')).token);
  const admin = new Rest(running.url, (await aPerson(running, 'platform_administrator', [waterworks])).token);
  port = await aSyslogPort(admin, waterworks.tenantId);
  await raiseEarlier();
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await mkdir(SHOTS, { recursive: true });
  if (process.env['PLANTWATCH_SCREENSHOTS']) await mkdir(DOCS, { recursive: true });
});

afterAll(async () => {
  await browser?.close();
  await running.stop();
});

async function staff(role: 'analyst' | 'soc_lead', name: string): Promise<Staff> {
  const account = { email: `${role}@plantwatch.test`, password: 'correct horse battery' };
  const tenantIds = [waterworks.tenantId, power.tenantId];
  const body = { ...account, name, role, tenantId: null, tenantIds };
  const { id } = await running.app.get(PeopleService, { strict: false }).add(body);
  const { token } = await running.app.get(IdentityService, { strict: false }).issue(id, 'token', 'test');
  return { ...account, id, token };
}

async function buildConsole(): Promise<void> {
  const outDir = path.join(running.app.get(Config).values.PLANTWATCH_STATE, 'console');
  const configFile = path.join(ROOT, 'apps/console/vite.config.ts');
  await build({ configFile, build: { outDir, emptyOutDir: true }, logLevel: 'error' });
}

async function aSyslogPort(admin: Rest, tenant: string): Promise<number> {
  const { id: siteId } = await admin.post('/sites', { tenant, name: 'Treatment plant' });
  const { id: zoneId } = await admin.post('/zones', { tenant, siteId, name: 'Operations', slTarget: 2 });
  const workstation = { componentType: 'host_device', role: 'engineering_workstation', criticality: 4 };
  await admin.post('/assets', { tenant, zoneId, name: 'ews-01', hostnames: ['ews-01'], ...workstation });
  const listenPort = await freePort();
  const source = { kind: 'syslog-tcp', name: 'Syslog', listenPort, timeZone: 'Etc/UTC' };
  await admin.post('/log-sources', { tenant, siteId, ...source });
  await listening(listenPort);
  return listenPort;
}

async function signIn(at: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await at.getByLabel('E-mail').fill(email);
  await at.getByLabel('Password').fill(password);
  await at.getByRole('button', { name: 'Sign in' }).click();
}

async function shot(name: string): Promise<void> {
  const kept = process.env['PLANTWATCH_SCREENSHOTS'] && DOCUMENTED.includes(name);
  await page.screenshot({ path: path.join(kept ? DOCS : SHOTS, `${name}.png`) });
}

type Level = AlertFinding['rule']['level'];

/** What the analyst finds when the shift begins: level, what, techniques, who. */
const EARLIER: [Level, string, string[], Record<string, string>][] = [
  ['critical', 'PLC program download from an unexpected host', ['T0843', 'T0889'], { 'source.ip': '134.217.61.131' }],
  ['high', 'Audit log cleared', ['T0872'], { 'host.name': 'WORKSTATION5', 'user.name': 'pgustavo' }],
  ['high', 'Success after repeated failures', ['T0859'], { 'user.name': 'svc-historian', 'source.ip': '172.18.39.21' }],
  ['medium', 'Configuration change without a ticket', ['T0836'], { 'host.name': 'nor-sw-03', 'user.name': 'netadmin' }],
  ['medium', 'New engineering host talks S7comm', ['T0886'], { 'source.ip': '172.18.39.77' }],
  ['low', 'Controller put into another mode', ['T0858'], { 'source.ip': '172.18.39.5' }],
  ['informational', 'Clock of a device is off', [], { 'host.name': 'turbine-plc-01' }],
];

function earlier(index: number): AlertFinding {
  const [level, title, techniques, group] = EARLIER[index] as (typeof EARLIER)[number];
  const time = Date.now() - (EARLIER.length - index) * 7 * 60_000;
  return {
    rule: { id: `earlier-${index}`, title, level, techniques, description: title },
    group,
    groupKey: Object.values(group).join('\u0000'),
    joinGap: 60_000,
    events: [{ id: `earlier-${index}`, time }],
    assetIds: [],
    summary: `${title}: ${Object.values(group).join(', ')}`,
  };
}

/** The lead has taken note of the fourth and works on the fifth. */
async function raiseEarlier(): Promise<void> {
  const alerts = running.app.get(Alerts, { strict: false });
  const ids: string[] = [];
  for (const index of EARLIER.keys()) ids.push((await alerts.raise(power, earlier(index))).alertId);
  await lead.post(`/alerts/${ids[3]}/acknowledge`);
  await lead.post(`/alerts/${ids[4]}/start`);
}

describe('an analyst at the console', () => {
  it('is refused with a wrong password and let in with the right one', async () => {
    await page.goto(running.url);
    await signIn(page, { ...analyst, password: 'not this one' });
    await page.getByRole('alert').waitFor();
    await shot('sign-in');
    complaints.length = 0; // Chromium reports every 401 as an error
    await signIn(page, analyst);
    await page.getByRole('heading', { name: /1 critical and 2 high unacknowledged/ }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByRole('row').count()).toBe(1 + EARLIER.length);
    await shot('start');
  });

  it('sees an alert arrive without anything moving, and opens it by keyboard', async () => {
    await sendTcp(port, '127.0.0.1', failedLogons('operator'));
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(1 + EARLIER.length);
    await shot('arrived');
    await page.keyboard.press('n');
    await page.getByRole('link', { name: 'Repeated failed access' }).waitFor();
    await shot('queue');
    await page.getByRole('link', { name: 'Repeated failed access' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Repeated failed access' }).waitFor();
  });

  it('sees why it fired, whose it is and the raw evidence', async () => {
    await page.getByText('6 events', { exact: true }).waitFor();
    expect(await page.locator('.tenant').textContent()).toBe('Riverside Waterworks');
    await page.locator('.evidence-row').first().click();
    await page.getByLabel('Raw event').waitFor();
    expect(await page.getByLabel('Raw event').textContent()).toContain('Failed password for operator');
    await shot('alert');
  });

  it('acknowledges, takes, assigns, comments and closes it', async () => {
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'Start work' }).waitFor();
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'Let go' }).waitFor();
    await page.getByLabel('Assigned to').selectOption({ label: 'Nobody' });
    await page.getByText('Assigned to nobody').waitFor();
    await page.getByLabel('Assigned to').selectOption({ label: 'Me · Mara Lindqvist' });
    await page.getByText('Assigned', { exact: true }).waitFor();
    await page.getByLabel('Comment').fill('Called the control room: it is the new operator.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('listitem').getByText('Called the control room').waitFor();
    await shot('worked');
    await page.getByLabel('Comment').blur();
    await page.keyboard.press('c');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('2');
    await page.getByLabel('Note').fill('Mistyped password, confirmed by phone.');
    await shot('verdict');
    await page.getByRole('button', { name: 'Close alert' }).click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    await shot('closed');
  });

  it('has done what the interface says', async () => {
    const { items } = await lead.get<{ items: { id: string }[] }>(`/alerts?tenant=${waterworks.tenantId}`);
    const alert = await lead.get<{ history: { kind: string; text: string | null }[] }>(`/alerts/${items[0]?.id}`);
    expect(alert).toMatchObject({
      status: 'closed',
      verdict: 'benign_true_positive',
      count: 6,
      assignee: { id: analyst.id },
    });
    const texts = alert.history.map(({ text }) => text);
    expect(texts).toContain('Called the control room: it is the new operator.');
    expect(alert.history.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['raised', 'claimed', 'assigned', 'comment']),
    );
  });
});

describe('the console', () => {
  it('shows hostile log text and runs none of it', async () => {
    const hostile = "<img/src=x/onerror=document.title='owned'>\u202eevil\u200b";
    await page.keyboard.press('u');
    await sendTcp(port, '127.0.0.1', failedLogons(hostile));
    await page.getByRole('button', { name: '1 new' }).click();
    const row = page.getByRole('row').filter({ hasText: 'onerror' });
    await row.waitFor();
    expect(await row.textContent()).toContain('RLOevilZWSP');
    await row.getByText('ews-01').click();
    await page.locator('.evidence-row').first().click();
    await page.getByLabel('Raw event').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).not.toContain('owned');
    await shot('hostile');
  });

  it('says that the connection is lost, and catches up when it is back', async () => {
    await page.keyboard.press('u');
    await page.context().setOffline(true);
    await page.getByText('Connection lost').waitFor();
    await shot('lost');
    await sendTcp(port, '127.0.0.1', failedLogons('night-shift'));
    await eventually(
      () => lead.get<{ items: unknown[] }>('/alerts?q=night-shift'),
      ({ items }) => items.length === 1,
    );
    await page.context().setOffline(false);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('row').filter({ hasText: 'night-shift' }).waitFor();
    complaints.length = 0; // requests that were made in vain
  });

  it('says what is wrong and offers to try again', async () => {
    await page.route('**/api/v1/alerts?**', (route) => route.fulfill({ status: 503, body: '<html>' }));
    await page.keyboard.press('r');
    await page.getByText('The server answered 503 without saying why.').waitFor();
    await page.unroute('**/api/v1/alerts?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    complaints.length = 0;
  });

  it('offers a customer’s viewer their own alerts to read, and no more', async () => {
    const viewer = await aPerson(running, 'customer_viewer', [waterworks]);
    const context = await browser.newContext();
    const theirs = await context.newPage();
    await theirs.goto(running.url);
    await signIn(theirs, viewer);
    await theirs.getByRole('link', { name: 'Repeated failed access' }).first().waitFor();
    expect(await theirs.getByText('Northfield').count()).toBe(0);
    await theirs.getByRole('link', { name: 'Repeated failed access' }).first().click();
    await theirs.getByRole('heading', { name: 'History' }).waitFor();
    expect(await theirs.getByRole('toolbar').count()).toBe(0);
    expect(await theirs.getByLabel('Comment').count()).toBe(0);
    await context.close();
  });

  it('keeps what is written when the session ends meanwhile', async () => {
    await page.getByRole('link', { name: 'Audit log cleared' }).click();
    await page.getByLabel('Comment').fill('Half a thought');
    await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }));
    await page.keyboard.press('Control+Enter');
    await page.getByText('Your session has ended.').waitFor();
    await shot('session-ended');
    await signIn(page, analyst);
    await page.getByText('Your session has ended.').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Comment').inputValue()).toBe('Half a thought');
    await page.getByRole('link', { name: 'Queue' }).click();
  });

  it('is as readable in the light and lists its keys', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await shot('light');
    await page.setViewportSize({ width: 760, height: 1000 });
    await shot('narrow');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await shot('keys');
    await page.keyboard.press('Escape');
    await page.emulateMedia({ colorScheme: 'dark' });
  });

  it('closes several at once, telling customers apart', async () => {
    for (const title of ['Controller put into another mode', 'Repeated failed access']) {
      await page.getByRole('link', { name: title }).first().focus();
      await page.keyboard.press('x');
    }
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('c');
    await page.getByText('Of several customers').waitFor();
    await shot('several');
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    await page.getByText('2 alerts closed: test').waitFor();
    const closed = await eventually(
      () => lead.get<{ items: { verdict: string }[] }>('/alerts?status=closed'),
      ({ items }) => items.length === 3,
    );
    expect(closed.items.filter(({ verdict }) => verdict === 'test')).toHaveLength(2);
  });

  it('signs out, and was never complained about by the browser', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });
});
