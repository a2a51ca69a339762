import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RouteCheck, type Route } from '#access/route-check.service.js';
import { aPerson, type TestPerson } from '#test/factories/people.js';
import { aWholePlant, type WholePlant } from '#test/factories/plant.js';
import { startApp, type RunningApp } from '#test/support/app.js';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

let running: RunningApp;
let ours: WholePlant;
let theirs: WholePlant;
let routes: Route[];
let intruders: TestPerson[];
/** Ids by table of everything that the other tenant has. */
let secrets: Map<string, string[]>;

beforeAll(async () => {
  running = await startApp();
  ours = await aWholePlant(running);
  theirs = await aWholePlant(running);
  intruders = [
    await aPerson(running, 'customer_owner', [ours.scope]),
    await aPerson(running, 'soc_lead', [ours.scope]),
    await aPerson(running, 'platform_administrator', [ours.scope]),
  ];
  routes = running.app.get(RouteCheck, { strict: false }).routes();
  secrets = await theirs.ids();
});

afterAll(() => running.stop());

interface Probe {
  route: Route;
  intruder: TestPerson;
  query?: Record<string, string>;
  id?: string;
  body?: Record<string, unknown>;
}

async function call({ route, intruder, query = {}, id, body }: Probe): Promise<{ status: number; text: string }> {
  const path = route.path.replace(':id', id ?? UNKNOWN);
  const method = route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
  const probe = request(running.url)
    [method](path)
    .query(query)
    .set('Authorization', `Bearer ${intruder.token}`)
    .timeout(10_000);
  const { status, text } = await (method === 'get' ? probe : probe.send(body ?? {}));
  return { status, text: text.replace(/urn:uuid:[\da-f-]+/, '') };
}

function guarded(kind: (route: Route) => boolean): Route[] {
  return routes.filter((route) => route.need && kind(route));
}

const isStream = (route: Route): boolean => route.path.endsWith('/stream');

function expectNoSecret(text: string, where: string): void {
  const leaked = [...secrets].flatMap(([table, ids]) =>
    ids.filter((id) => text.includes(id)).map((id) => `${table} ${id}`),
  );
  expect(leaked, where).toEqual([]);
}

describe('a person of one tenant', () => {
  it('meets at least thirty guarded routes here, so that the walk is not empty', () => {
    expect(guarded(() => true).length).toBeGreaterThan(30);
  });

  // First: later, the intruder's own refused attempts are in its audit trail, with the ids that it tried.
  it('reads nothing of another tenant in any list', async () => {
    for (const route of guarded((candidate) => candidate.method === 'GET' && !isStream(candidate))) {
      for (const intruder of intruders) {
        for (const query of [{}, { tenant: ours.tenantId }, { limit: '200' }] as Record<string, string>[]) {
          const { text } = await call({ route, intruder, query });
          expectNoSecret(text, `${intruder.role} ${route.name} ${JSON.stringify(query)}`);
        }
      }
    }
  });

  it('gets the same answer for another tenant’s row as for none at all', async () => {
    const owned = guarded(({ need }) => typeof need?.tenant === 'object');
    expect(owned.length).toBeGreaterThan(10);
    for (const route of owned) {
      const table = typeof route.need?.tenant === 'object' ? route.need.tenant.ownerOf : '';
      const [id] = secrets.get(table) ?? [];
      expect(id, `a row in ${table} for ${route.name}`).toBeDefined();
      for (const intruder of intruders) {
        const foreign = await call({ route, intruder, id });
        expect(foreign, `${intruder.role} ${route.name}`).toEqual(await call({ route, intruder }));
        expect([403, 404], `${intruder.role} ${route.name}`).toContain(foreign.status);
      }
    }
  });

  it('cannot name another tenant in a query or a body', async () => {
    for (const route of guarded(
      ({ need }) => need?.tenant === 'query' || need?.tenant === 'body' || need?.tenant === 'reach',
    )) {
      for (const intruder of intruders) {
        const named = { tenant: theirs.tenantId };
        const answer = await call({ route, intruder, query: named, body: named });
        expect([403, 404], `${intruder.role} ${route.name}: ${answer.text}`).toContain(answer.status);
        expectNoSecret(answer.text.replaceAll(theirs.tenantId, ''), `${intruder.role} ${route.name}`);
      }
    }
  });

  it('cannot point at another tenant’s things from its own', async () => {
    for (const { path, body } of theirs.foreignReferences(ours)) {
      const owner = intruders[0];
      const answer = await request(running.url).post(path).set('Authorization', `Bearer ${owner?.token}`).send(body);
      expect([400, 404, 409, 422], `${path} ${JSON.stringify(body)} ${answer.text}`).toContain(answer.status);
    }
  });
});

describe('somebody without an identity', () => {
  it('is refused by every guarded route', async () => {
    for (const route of guarded(() => true)) {
      const method = route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
      const answer = await request(running.url)
        [method](route.path.replace(':id', UNKNOWN))
        .set('Authorization', 'Bearer pwt_forgedforgedforged');
      expect(answer.status, route.name).toBe(401);
    }
  });

  it('finds only these routes open', () => {
    const open = routes.filter((route) => !route.need).map((route) => `${route.method} ${route.path}`);
    expect(open.toSorted()).toEqual(['GET /health/live', 'GET /health/ready', 'POST /api/v1/session']);
  });
});
