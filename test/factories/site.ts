import { carriesToken, type SourceKind } from '#customers/source-endpoint.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { Rest } from '#apps/server/demo/rest.js';
import { freePort, type RunningApp } from '#test/support/app.js';
import { aPerson, aTenant, type TestPerson } from './people.js';

export interface TestSource {
  id: string;
  port: number;
  /** Empty for syslog, which carries none. */
  token: string;
}

/** One tenant with one site, and those who work on it. */
export interface TestSite {
  scope: TenantScope;
  tenant: string;
  siteId: string;
  admin: Rest;
  lead: Rest;
  analyst: TestPerson;
  owner: Rest;
  source(kind: SourceKind, more?: { clientCertificate?: string; listenPort?: number }): Promise<TestSource>;
}

export async function aSite(running: RunningApp): Promise<TestSite> {
  const scope = await aTenant(running);
  const tenant = scope.tenantId;
  const as = async (role: Parameters<typeof aPerson>[1]): Promise<Rest> =>
    new Rest(running.url, (await aPerson(running, role, [scope])).token);
  const admin = await as('platform_administrator');
  const { id: siteId } = await admin.post('/sites', { tenant, name: 'Site' });
  const source: TestSite['source'] = async (kind, more = {}) => {
    const syslog = !carriesToken(kind);
    const port = more.listenPort ?? (syslog ? await freePort() : running.collectorPort);
    const body = {
      tenant,
      siteId,
      kind,
      name: `${kind} ${port} ${more.clientCertificate ?? ''}`.trim().slice(0, 120),
      timeZone: 'Etc/UTC',
      ...(syslog ? { listenPort: port } : {}),
      ...more,
    };
    const made = await admin.post<{ id: string; token: string | null }>('/log-sources', body);
    return { id: made.id, port, token: made.token ?? '' };
  };
  const analyst = await aPerson(running, 'analyst', [scope]);
  return {
    scope,
    tenant,
    siteId,
    admin,
    lead: await as('soc_lead'),
    owner: await as('customer_owner'),
    analyst,
    source,
  };
}
