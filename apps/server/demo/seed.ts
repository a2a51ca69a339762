import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { IdentityService } from '#access/identity.service.js';
import { PeopleService } from '#access/people.service.js';
import { isCustomerRole, ROLES, type Role } from '#access/permissions.js';
import type { INestApplication } from '@nestjs/common';
import type { DemoFile } from './demo-file.js';
import { PLANTS, type DemoPlant } from './plants.js';
import { Rest } from './rest.js';

export interface DemoPlace {
  url: string;
  host: string;
  collectorPort: number;
}

/** Makes two customers, their plants and a person of every role; all passwords are random. */
export async function seed(app: INestApplication, place: DemoPlace): Promise<DemoFile> {
  const administrator = await addPerson(app, 'platform_administrator', []);
  const rest = new Rest(place.url, administrator.token);
  const demo: DemoFile = { url: place.url, tenants: [], users: [administrator], sources: [] };
  for (const plant of PLANTS) {
    const { id } = await rest.post('/tenants', { name: plant.name, timeZone: plant.timeZone });
    demo.tenants.push({ id, name: plant.name });
    demo.sources.push(...(await buildPlant(rest, id, plant, place)));
    for (const role of ROLES.filter(isCustomerRole)) demo.users.push(await addPerson(app, role, [id]));
  }
  const tenantIds = demo.tenants.map((tenant) => tenant.id);
  const staff = ROLES.filter((role) => !isCustomerRole(role) && role !== 'platform_administrator');
  for (const role of staff) demo.users.push(await addPerson(app, role, tenantIds));
  await prepare(demo, place);
  return demo;
}

async function addPerson(app: INestApplication, role: Role, tenantIds: string[]): Promise<DemoFile['users'][number]> {
  const password = randomBytes(15).toString('base64url');
  const tenant = isCustomerRole(role) ? (tenantIds[0] ?? null) : null;
  const place = tenant ? `.${tenant.slice(-4)}` : '';
  const email = `${role.replaceAll('_', '-')}${place}@demo.plantwatch.example`;
  const name = role.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase());
  const person = await app
    .get(PeopleService, { strict: false })
    .add({ email, name, role, tenantId: tenant, tenantIds, password });
  const { token } = await app.get(IdentityService, { strict: false }).issue(person.id, 'token', 'demonstration');
  return { email, password, role, tenant, token };
}

async function buildPlant(
  rest: Rest,
  tenant: string,
  plant: DemoPlant,
  place: DemoPlace,
): Promise<DemoFile['sources']> {
  const site = await rest.post('/sites', { tenant, name: plant.site });
  const zones = new Map<string, string>();
  for (const [name, slTarget] of Object.entries(plant.zones)) {
    zones.set(name, (await rest.post('/zones', { tenant, siteId: site.id, name, slTarget })).id);
  }
  for (const [from, to, services] of plant.conduits) {
    await rest.post('/conduits', { tenant, fromZoneId: zones.get(from), toZoneId: zones.get(to), services });
  }
  for (const { zone, ...asset } of plant.assets)
    await rest.post('/assets', { tenant, zoneId: zones.get(zone), ...asset });
  const sources = [];
  for (const kind of ['syslog-udp', 'syslog-tcp', 'ndjson', 'bulk'] as const) {
    const syslog = kind.startsWith('syslog');
    const port = syslog ? await freePort() : place.collectorPort;
    const own = {
      tenant,
      siteId: site.id,
      kind,
      name: `${plant.site}: ${kind}`,
      timeZone: 'Etc/UTC',
      ...(syslog ? { listenPort: port } : {}),
    };
    const { id, token } = await rest.post<{ id: string; token: string | null }>('/log-sources', own);
    sources.push({ id, tenant, kind, host: place.host, port, token });
  }
  return sources;
}

/** An escalation policy and a weekly report each, by the provider's lead. */
async function prepare(demo: DemoFile, place: DemoPlace): Promise<void> {
  const lead = new Rest(place.url, demo.users.find((user) => user.role === 'soc_lead')?.token ?? '');
  for (const { id: tenant } of demo.tenants) {
    await lead.post('/report-schedules', { tenant, kind: 'security_logging', pattern: '0 6 * * 1' });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
