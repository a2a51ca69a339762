import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Alerts } from '#alerts/alerts.service.js';
import type { AlertFinding } from '#alerts/finding.js';
import { Rest } from '#apps/server/demo/rest.js';
import { sendTcp } from '#apps/server/demo/senders.js';
import { Config } from '#platform/config.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant, type TestPerson } from '#test/factories/people.js';
import { failedLogons } from '#test/factories/plant.js';
import { freePort, startApp, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

const ROOT = path.join(import.meta.dirname, '../..');
const SHOTS = process.env['PLANTWATCH_SCREENSHOTS']
  ? path.join(ROOT, 'docs/screenshots')
  : path.join(tmpdir(), 'plantwatch-console');

let running: RunningApp;
let browser: Browser;
let page: Page;
let waterworks: TenantScope;
let power: TenantScope;
let analyst: TestPerson;
let lead: Rest;
let port: number;
const complaints: string[] = [];

beforeAll(async () => {
  running = await startApp();
  await buildConsole();
  waterworks = await aTenant(running, 'Riverside Waterworks');
  power = await aTenant(running, 'Northfield Power Station');
  analyst = await aPerson(running, 'analyst', [waterworks, power]);
  lead = new Rest(running.url, (await aPerson(running, 'soc_lead', [waterworks, power])).token);
  const admin = new Rest(running.url, (await aPerson(running, 'platform_administrator', [waterworks])).token);
  port = await aSyslogPort(admin, waterworks.tenantId);
  for (const finding of EARLIER) await running.app.get(Alerts, { strict: false }).raise(power, finding);
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await mkdir(SHOTS, { recursive: true });
});

afterAll(async () => {
  await browser?.close();
  await running.stop();
});

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

function shot(name: string): Promise<Buffer> {
  return page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
}

/** Already there when the shift begins. */
const EARLIER = [
  earlier('critical', 'PLC program downloaded from a host that is no engineering workstation', ['T0843', 'T0889'], {
    'source.ip': '134.217.61.131',
    'destination.ip': '134.217.61.211',
  }),
  earlier('high', 'Audit log cleared', ['T0872'], { 'host.name': 'WORKSTATION5', 'user.name': 'pgustavo' }),
  earlier('low', 'Controller put into another mode', ['T0858'], { 'source.ip': '172.18.39.5' }),
];

function earlier(
  level: AlertFinding['rule']['level'],
  title: string,
  techniques: string[],
  group: Record<string, string>,
): AlertFinding {
  const time = Date.now() - 14 * 60_000;
  return {
    rule: { id: title.toLowerCase().replaceAll(' ', '-'), title, level, techniques, description: title },
    group,
    groupKey: Object.values(group).join('\u0000'),
    joinGap: 60_000,
    events: [{ id: `earlier-${level}`, time }],
    assetIds: [],
    summary: `${title}: ${Object.values(group).join(', ')}`,
  };
}

describe('an analyst at the console', () => {
  it('is refused with a wrong password and let in with the right one', async () => {
    await page.goto(running.url);
    await page.getByLabel('E-mail').fill(analyst.email);
    await page.getByLabel('Password').fill('not this one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await shot('1-sign-in');
    complaints.length = 0; // Chromium reports every 401 as an error
    await page.getByLabel('Password').fill(analyst.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: /1 critical and 1 high unacknowledged/ }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
    await shot('2-queue');
  });

  it('sees an alert arrive without anything moving, and opens it by keyboard', async () => {
    await sendTcp(port, '127.0.0.1', failedLogons('operator'));
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
    await shot('3-arrived');
    await page.keyboard.press('n');
    await page.getByRole('link', { name: 'Repeated failed access' }).waitFor();
    await shot('4-shown');
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
    await shot('5-alert');
  });

  it('acknowledges, takes, assigns, comments and closes it', async () => {
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'Start work' }).waitFor();
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'Let go' }).waitFor();
    await page.getByLabel('Assigned to').selectOption({ label: 'Nobody' });
    await page.getByText('Assigned to nobody').waitFor();
    await page.getByLabel('Assigned to').selectOption({ label: 'Me · analyst' });
    await page.getByText('Assigned', { exact: true }).waitFor();
    await page.getByLabel('Comment').fill('Called the control room: it is the new operator.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('listitem').getByText('Called the control room').waitFor();
    await shot('6-worked');
    await page.getByLabel('Comment').blur();
    await page.keyboard.press('c');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('2');
    await page.getByLabel('Note').fill('Mistyped password, confirmed by phone.');
    await shot('7-verdict');
    await page.getByRole('button', { name: 'Close alert' }).click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    await shot('8-closed');
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
    expect(alert.history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['raised', 'claimed', 'assigned', 'comment']));
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
    await row.getByRole('link').click();
    await page.locator('.evidence-row').first().click();
    await page.getByLabel('Raw event').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).not.toContain('owned');
    await shot('9-hostile');
  });

  it('says that the connection is lost, and reads again when it is back', async () => {
    await page.keyboard.press('u');
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.evaluate(() => location.reload());
    await page.getByRole('alert').waitFor();
    await page.unroute('**/api/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: /unacknowledged/ }).waitFor();
    complaints.length = 0; // the aborted requests
  });

  it('is as readable in the light and lists its keys', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await shot('10-light');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await shot('11-keys');
    await page.keyboard.press('Escape');
    await page.emulateMedia({ colorScheme: 'dark' });
  });

  it('closes several at once, telling customers apart', async () => {
    await page.getByRole('row').nth(1).getByRole('link').focus();
    for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('c');
    await page.getByText('Of several customers').waitFor();
    await shot('12-several');
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
