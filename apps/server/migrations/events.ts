import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#tenancy/tenant-table.js';

const STATEMENTS = [
  `CREATE TABLE event_indices (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    generation integer NOT NULL CHECK (generation > 0),
    name text NOT NULL UNIQUE,
    state text NOT NULL CHECK (state IN ('writing', 'closed')),
    created_at timestamptz NOT NULL,
    closed_at timestamptz,
    first_event_at timestamptz,
    last_event_at timestamptz,
    documents bigint NOT NULL,
    bytes bigint NOT NULL,
    PRIMARY KEY (tenant_id, generation),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
  )`,
  "CREATE UNIQUE INDEX event_indices_writing ON event_indices (tenant_id) WHERE state = 'writing'",
  ...tenantTable('event_indices'),
];

export class Events1763900002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event_indices');
  }
}
