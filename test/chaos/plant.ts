import { freePort } from '#test/support/app.js';
import type { TestCertificate } from '#test/support/certificates.js';
import { listening } from '#test/support/listening.js';
import type { ServerProcess } from '#test/support/server-process.js';
import type { ChannelName, Target } from './channels.js';

const KINDS = {
  tcp: 'syslog-tcp',
  tls: 'syslog-tls',
  relp: 'relp',
  udp: 'syslog-udp',
  ndjson: 'ndjson',
  bulk: 'bulk',
  otlp: 'ndjson',
} as const;

/** A tenant with a source for every way in. */
export interface Plant {
  tenant: string;
  sources: string[];
  targets: Record<ChannelName, Target>;
}

export async function aPlant(server: ServerProcess, name: string, certificate: TestCertificate): Promise<Plant> {
  const admin = server.administrator;
  const { id: tenant } = await admin.post('/tenants', { name, timeZone: 'Etc/UTC' });
  const { id: siteId } = await admin.post('/sites', { tenant, name });
  const sources: string[] = [];
  const targets: Partial<Record<ChannelName, Target>> = {};
  for (const [channel, kind] of Object.entries(KINDS) as [ChannelName, (typeof KINDS)[ChannelName]][]) {
    const syslog = kind !== 'ndjson' && kind !== 'bulk';
    const port = syslog ? await freePort() : server.collectorPort;
    const made = await admin.post<{ id: string; token: string | null }>('/log-sources', {
      tenant,
      siteId,
      kind,
      name: channel,
      ...(syslog ? { listenPort: port } : {}),
      ...(kind === 'syslog-tls' && name === 'Shaken' ? { clientCertificate: certificate.fingerprint } : {}),
    });
    sources.push(made.id);
    targets[channel] = { port, token: made.token ?? '', certificate };
    if (syslog && kind !== 'syslog-udp') await listening(port);
  }
  return { tenant, sources, targets: targets as Record<ChannelName, Target> };
}
