import pg from 'pg';
import { freePort, type RunningApp } from '#test/support/app.js';
import { eventually } from '#test/support/eventually.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { Rest } from '#apps/server/demo/rest.js';
import { sendNdjson, sendTcp } from '#apps/server/demo/senders.js';
import { aPerson, aTenant, type TestPerson } from './people.js';

const HOUR = 3_600_000;

export interface WholePlant {
  tenantId: string;
  scope: TenantScope;
  lead: TestPerson;
  owner: TestPerson;
  rest: Rest;
  /** By what they are: site, zone, asset, channel, tcp (source), … */
  made: Record<string, string>;
  /** All ids of the tenant's rows by table. */
  ids(): Promise<Map<string, string[]>>;
  /** Requests of this tenant's neighbour that point at this tenant's things. */
  foreignReferences(neighbour: WholePlant): { path: string; body: Record<string, unknown> }[];
}

/** Six failed log-ons of one user from one address, a second apart and the last one now. */
export function failedLogons(user: string, count = 6, now = Date.now()): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(now - (count - 1 - index) * 1000).toISOString();
    return `<86>1 ${at} ews-01 sshd 2738 - - Failed password for ${user} from 203.0.113.9 port ${40_000 + index} ssh2`;
  });
}

/** `%SYS-5-CONFIG_I` of the plant's switch. */
export function configurationChange(host = 'plant-sw-01', at = new Date()): string {
  return `<189>1 ${at.toISOString()} ${host} - - - - %SYS-5-CONFIG_I: Configured from console by netadmin on vty0 (10.20.0.15)`;
}

/** A tenant that has at least one row in every table, and its events beside those of others. */
export async function aWholePlant(running: RunningApp): Promise<WholePlant> {
  const scope = await aTenant(running, 'Whole plant', 'pool');
  const tenant = scope.tenantId;
  const administrator = await aPerson(running, 'platform_administrator', [scope]);
  const lead = await aPerson(running, 'soc_lead', [scope]);
  const owner = await aPerson(running, 'customer_owner', [scope]);
  const admin = new Rest(running.url, administrator.token);
  const rest = new Rest(running.url, lead.token);
  const customer = new Rest(running.url, owner.token);
  const made: Record<string, string> = {};
  const make = async (name: string, path: string, body: Record<string, unknown>, as = rest): Promise<void> => {
    made[name] = (await as.post(path, { tenant, ...body })).id;
  };

  await make('site', '/sites', { name: 'Site' });
  await make('zone', '/zones', { siteId: made['site'], name: 'Control', slTarget: 3 });
  await make('office', '/zones', { siteId: made['site'], name: 'Office', slTarget: 1 });
  await make('conduit', '/conduits', { fromZoneId: made['office'], toZoneId: made['zone'], services: ['ssh'] });
  const network = { zoneId: made['zone'], componentType: 'network_device', role: 'network_device' };
  await make('asset', '/assets', {
    ...network,
    name: 'plant-sw-01',
    hostnames: ['plant-sw-01'],
    addresses: ['10.20.0.2'],
  });
  await make('quiet', '/assets', { ...network, name: 'plant-sw-02', hostnames: ['plant-sw-02'] });
  const window = { startsAt: new Date(Date.now() - HOUR), endsAt: new Date(Date.now() + HOUR), reason: 'Inspection' };
  await make('window', '/maintenance-windows', { ...window, assetIds: [made['quiet']] });
  await make('ticket', '/change-tickets', {
    ...window,
    reason: undefined,
    reference: 'CHG-1',
    title: 'Uplink',
    assetIds: [made['quiet']],
  });
  await customer.post(`/change-tickets/${made['ticket']}/approve`);
  await make('channel', '/channels', { kind: 'webhook', name: 'Hook', target: 'http://127.0.0.1:9/none' });
  const steps = [{ afterSeconds: 0, channelIds: [made['channel']], label: 'On call' }];
  await make('policy', '/escalation-policies', { name: 'Default', minSeverity: 'low', steps });
  await make('schedule', '/report-schedules', { kind: 'security_logging', pattern: '0 6 * * 1' });
  const port = await freePort();
  await make(
    'tcp',
    '/log-sources',
    { siteId: made['site'], kind: 'syslog-tcp', name: 'Syslog', listenPort: port, timeZone: 'Etc/UTC' },
    admin,
  );
  const http = { tenant, siteId: made['site'], kind: 'ndjson', name: 'HTTP', timeZone: 'Etc/UTC' };
  const { token } = await admin.post<{ token: string }>('/log-sources', http);

  const lines = [...failedLogons('operator'), configurationChange('plant-sw-01'), configurationChange('plant-sw-02')];
  await eventually(
    () =>
      sendTcp(port, '127.0.0.1', lines).then(
        () => true,
        () => false,
      ),
    Boolean,
  );
  await sendNdjson(`http://127.0.0.1:${running.collectorPort}`, token, ['{"half": ']);
  const alerts = await eventually(
    () => rest.get<{ items: { id: string }[] }>('/alerts?limit=10'),
    ({ items }) => items.length >= 2,
  );
  made['alert'] = alerts.items[0]?.id ?? '';
  await rest.patch(`/assets/${made['asset']}`, { criticality: 4 });
  await bury(running, tenant, made['tcp'] ?? '');
  await eventually(
    () => rest.get<{ items: unknown[] }>(`/intake?tenant=${tenant}`),
    ({ items }) => items.length > 0,
  );
  const period = { from: new Date(Date.now() - HOUR), to: new Date() };
  await make('report', '/reports', period);
  return {
    tenantId: tenant,
    scope,
    lead,
    owner,
    rest,
    made,
    ids: () => idsOf(running, tenant),
    foreignReferences: references(made),
  };
}

/** Elasticsearch refuses nothing that a test could send on purpose, so this row is written by the owner. */
async function bury(running: RunningApp, tenant: string, source: string): Promise<void> {
  const client = new pg.Client({ connectionString: running.databaseUrl });
  await client.connect();
  const sql =
    "INSERT INTO dead_letters (id, tenant_id, source_id, event_id, reason, raw, at, received_at, sender) VALUES (gen_random_uuid(), $1, $2, $3, 'refused', 'raw', now(), now(), '10.0.0.5')";
  try {
    await client.query(sql, [tenant, source, `dead-${tenant}`]);
  } finally {
    await client.end();
  }
}

async function idsOf(running: RunningApp, tenant: string): Promise<Map<string, string[]>> {
  const client = new pg.Client({ connectionString: running.databaseUrl });
  await client.connect();
  try {
    const ids = new Map([['tenants', [tenant]]]);
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN ('id', 'tenant_id')
       GROUP BY 1 HAVING count(*) = 2`,
    );
    for (const { name } of tables) {
      const { rows } = await client.query<{ id: string }>(`SELECT id::text FROM ${name} WHERE tenant_id = $1`, [
        tenant,
      ]);
      ids.set(
        name,
        rows.map((row) => row.id),
      );
    }
    return ids;
  } finally {
    await client.end();
  }
}

function references(made: Record<string, string>): WholePlant['foreignReferences'] {
  return (neighbour) => {
    const own = { tenant: neighbour.tenantId, name: 'Intruder' };
    const time = { startsAt: new Date(), endsAt: new Date(Date.now() + HOUR) };
    const device = { componentType: 'network_device', role: 'network_device' };
    return [
      { path: '/api/v1/zones', body: { ...own, siteId: made['site'], slTarget: 1 } },
      {
        path: '/api/v1/conduits',
        body: { tenant: own.tenant, fromZoneId: neighbour.made['zone'], toZoneId: made['zone'] },
      },
      { path: '/api/v1/assets', body: { ...own, ...device, zoneId: made['zone'] } },
      {
        path: '/api/v1/maintenance-windows',
        body: { tenant: own.tenant, ...time, reason: 'x', assetIds: [made['asset']] },
      },
      { path: '/api/v1/maintenance-windows', body: { tenant: own.tenant, ...time, reason: 'x', zoneId: made['zone'] } },
      {
        path: '/api/v1/change-tickets',
        body: { tenant: own.tenant, ...time, reference: 'x', title: 'x', assetIds: [made['asset']] },
      },
      { path: '/api/v1/log-sources', body: { ...own, kind: 'ndjson', siteId: made['site'] } },
      {
        path: '/api/v1/escalation-policies',
        body: { ...own, minSeverity: 'low', steps: [{ afterSeconds: 0, channelIds: [made['channel']], label: 'x' }] },
      },
    ];
  };
}
