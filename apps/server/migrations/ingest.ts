import type { MigrationInterface, QueryRunner } from 'typeorm';
import { providerTable, tenantTable } from '#tenancy/tenant-table.js';

const STATEMENTS = [
  `CREATE TABLE source_counters (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    source_id uuid NOT NULL,
    received bigint NOT NULL DEFAULT 0,
    truncated bigint NOT NULL DEFAULT 0,
    dropped bigint NOT NULL DEFAULT 0,
    indexed bigint NOT NULL DEFAULT 0,
    duplicates bigint NOT NULL DEFAULT 0,
    dead_lettered bigint NOT NULL DEFAULT 0,
    skew_ms bigint,
    last_received_at timestamptz,
    PRIMARY KEY (tenant_id, source_id)
  )`,
  ...tenantTable('source_counters'),
  `CREATE TABLE dead_letters (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    source_id uuid NOT NULL,
    event_id text NOT NULL,
    reason text NOT NULL,
    raw bytea NOT NULL,
    at timestamptz NOT NULL,
    UNIQUE (tenant_id, event_id)
  )`,
  'CREATE INDEX dead_letters_time ON dead_letters (tenant_id, at DESC, id DESC)',
  ...tenantTable('dead_letters', 'tenant_id', 'SELECT, INSERT'),
  `CREATE TABLE refused_senders (
    protocol text NOT NULL,
    port integer NOT NULL,
    address text NOT NULL,
    reason text NOT NULL,
    count bigint NOT NULL,
    first_seen_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    PRIMARY KEY (protocol, port, address, reason)
  )`,
  ...providerTable('refused_senders', 'SELECT, INSERT, UPDATE'),
];

export class Ingest1763900006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE refused_senders, dead_letters, source_counters');
  }
}
