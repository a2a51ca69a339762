import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#tenancy/tenant-table.js';

const CHANNELS = `
  CREATE TABLE channels (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    kind text NOT NULL CHECK (kind IN ('webhook', 'email')),
    name text NOT NULL,
    target text NOT NULL,
    secret text,
    created_at timestamptz NOT NULL,
    removed_at timestamptz,
    UNIQUE (tenant_id, id)
  )`;

const DELIVERIES = `
  CREATE TABLE deliveries (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    key text NOT NULL,
    channel_id uuid NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    data jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    attempts integer NOT NULL,
    last_error text,
    provider_id text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, key),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id)
  )`;

const INDEXES = ["CREATE INDEX deliveries_waiting ON deliveries (created_at) WHERE state = 'queued'"];

export class Notify1763900005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const tables = ['channels', 'deliveries'].flatMap((table) => tenantTable(table));
    for (const statement of [CHANNELS, DELIVERIES, ...INDEXES, ...tables]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['deliveries', 'channels']) await runner.query(`DROP TABLE ${table}`);
  }
}
