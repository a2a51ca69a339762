import type { Rest } from '#apps/server/demo/rest.js';
import { carriesToken, type SourceKind } from '#customers/source-endpoint.js';
import { freePort } from '#test/support/app.js';
import { listening } from '#test/support/listening.js';

/** A tenant with a site, made by an administrator over REST. */
export interface TestTenant {
  tenant: string;
  siteId: string;
}

export async function aCustomer(admin: Rest, name: string): Promise<TestTenant> {
  const { id: tenant } = await admin.post('/tenants', { name, timeZone: 'Etc/UTC' });
  const { id: siteId } = await admin.post('/sites', { tenant, name: 'Site' });
  return { tenant, siteId };
}

export interface TestSender {
  id: string;
  /** Of a syslog source, which is open by then. */
  port: number;
  token: string;
}

export async function aSender(admin: Rest, { tenant, siteId }: TestTenant, kind: SourceKind): Promise<TestSender> {
  const port = await freePort();
  const listenPort = carriesToken(kind) ? {} : { listenPort: port };
  const source = { tenant, siteId, kind, name: `${kind} ${port}`, ...listenPort };
  const made = await admin.post<{ id: string; token: string }>('/log-sources', source);
  if (!carriesToken(kind) && kind !== 'syslog-udp') await listening(port);
  return { ...made, port };
}
