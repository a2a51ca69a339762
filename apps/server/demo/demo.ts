import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { INestApplication } from '@nestjs/common';
import type { Config } from '#platform/config.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { readDemoFile, writeDemoFile, type DemoFile } from './demo-file.js';
import { feed } from './feed.js';
import { seed } from './seed.js';

const DATA = fileURLToPath(new URL('../../../../apps/server/demo/data', import.meta.url));
/** As often as the collector looks for new sources, and once more. */
const LISTENERS_OPEN_MS = 2500;

/** Makes the demonstration once; a second start finds it in its file. */
export async function openDemo(app: INestApplication, config: Config): Promise<DemoFile> {
  const { HOST: host, PLANTWATCH_STATE: state, COLLECTOR_HTTP_PORT: collectorPort } = config.values;
  const known = await readDemoFile(state);
  const tenants = await app.get(TenantScopes, { strict: false }).list();
  // The file outlives a database that was thrown away.
  const there = tenants.some((tenant) => tenant.id === known?.tenants[0]?.id);
  const demo = known && there ? moved(known, config) : await seed(app, { url: config.publicUrl, host, collectorPort });
  await writeDemoFile(state, demo);
  return demo;
}

// Ports are chosen anew when somebody else took them meanwhile.
function moved(demo: DemoFile, config: Config): DemoFile {
  const port = config.values.COLLECTOR_HTTP_PORT;
  return {
    ...demo,
    url: config.publicUrl,
    sources: demo.sources.map((source) => (source.token ? { ...source, port } : source)),
  };
}

/** Sends the recorded logs once the new sources are listened to. */
export async function playDemo(demo: DemoFile): Promise<void> {
  await pause(LISTENERS_OPEN_MS);
  await feed(demo, DATA);
}

export function demoSignIns(demo: DemoFile): string {
  const width = Math.max(...demo.users.map((user) => user.email.length));
  return demo.users.map((user) => `  ${user.email.padEnd(width)}  ${user.password}  ${user.role}\n`).join('');
}
