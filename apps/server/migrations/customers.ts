import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#tenancy/tenant-table.js';

const OWN = `id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants(id), created_at timestamptz NOT NULL, UNIQUE (tenant_id, id)`;

/** The name tells the API which field named something unknown. */
function ref(table: string, column: string, target: string): string {
  return `CONSTRAINT ${table}_${column}_ref FOREIGN KEY (tenant_id, ${column}) REFERENCES ${target}(tenant_id, id)`;
}

const TABLES: Record<string, string> = {
  sites: `${OWN}, name text NOT NULL, time_zone text NOT NULL, UNIQUE (tenant_id, name)`,
  zones: `${OWN}, site_id uuid NOT NULL, name text NOT NULL,
    sl_target integer NOT NULL CHECK (sl_target BETWEEN 1 AND 4),
    ${ref('zones', 'site_id', 'sites')}, UNIQUE (tenant_id, site_id, name)`,
  conduits: `${OWN}, from_zone_id uuid NOT NULL, to_zone_id uuid NOT NULL, services text[] NOT NULL,
    ${ref('conduits', 'from_zone_id', 'zones')}, ${ref('conduits', 'to_zone_id', 'zones')}`,
  assets: `${OWN}, zone_id uuid, name text NOT NULL, component_type text NOT NULL, role text NOT NULL,
    criticality integer NOT NULL CHECK (criticality BETWEEN 1 AND 4),
    addresses text[] NOT NULL, hostnames text[] NOT NULL, vendor text, model text,
    valid_from timestamptz, valid_to timestamptz, ${ref('assets', 'zone_id', 'zones')}, CHECK (valid_to >= valid_from)`,
  asset_versions: `id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants(id), asset_id uuid NOT NULL,
    facts jsonb NOT NULL, valid_from timestamptz, valid_to timestamptz NOT NULL,
    ${ref('asset_versions', 'asset_id', 'assets')}, CHECK (valid_to >= valid_from)`,
  log_sources: `${OWN}, kind text NOT NULL CHECK (kind IN ('syslog-udp', 'syslog-tcp', 'ndjson', 'bulk')), name text NOT NULL,
    site_id uuid NOT NULL, asset_id uuid, listen_port integer CHECK (listen_port BETWEEN 1 AND 65535),
    sender_addresses text[] NOT NULL, time_zone text NOT NULL, parser text, token_hash text UNIQUE,
    ${ref('log_sources', 'site_id', 'sites')}, ${ref('log_sources', 'asset_id', 'assets')}, UNIQUE (tenant_id, name)`,
  // One line, one source: holds over all tenants, because the collector's ports are theirs together.
  log_source_endpoints: `tenant_id uuid NOT NULL REFERENCES tenants(id), source_id uuid NOT NULL,
    ports int4range NOT NULL, sender cidr NOT NULL, PRIMARY KEY (source_id, ports, sender),
    FOREIGN KEY (tenant_id, source_id) REFERENCES log_sources(tenant_id, id) ON DELETE CASCADE,
    EXCLUDE USING gist (ports WITH &&, (sender::inet) inet_ops WITH &&)`,
  maintenance_windows: `${OWN}, asset_ids uuid[] NOT NULL, zone_id uuid, site_id uuid,
    starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, reason text NOT NULL, reference text, created_by uuid NOT NULL,
    ${ref('maintenance_windows', 'zone_id', 'zones')}, ${ref('maintenance_windows', 'site_id', 'sites')},
    CHECK (starts_at < ends_at), CHECK (zone_id IS NOT NULL OR site_id IS NOT NULL OR cardinality(asset_ids) > 0)`,
  change_tickets: `${OWN}, reference text NOT NULL, title text NOT NULL, asset_ids uuid[] NOT NULL,
    starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, created_by uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'approved', 'rejected')), decided_by uuid, decided_at timestamptz,
    CHECK (starts_at < ends_at), CHECK (decided_by <> created_by), CHECK ((state = 'draft') = (decided_by IS NULL))`,
};

const INDICES = [
  'CREATE INDEX asset_versions_asset ON asset_versions (tenant_id, asset_id)',
  'CREATE INDEX maintenance_windows_end ON maintenance_windows (tenant_id, ends_at)',
  'CREATE INDEX change_tickets_end ON change_tickets (tenant_id, ends_at)',
];

export class Customers1763900001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(TABLES)) {
      await runner.query(`CREATE TABLE ${table} (${columns})`);
      for (const statement of tenantTable(table)) await runner.query(statement);
    }
    for (const index of INDICES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(TABLES).toReversed()) await runner.query(`DROP TABLE ${table}`);
  }
}
