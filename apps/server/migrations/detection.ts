import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#tenancy/tenant-table.js';

/** What a ticket or a maintenance window explained, and so raised no alert. */
const SUPPRESSED_MATCHES = `
  CREATE TABLE suppressed_matches (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    rule_id text NOT NULL,
    event_id text NOT NULL,
    event_time timestamptz NOT NULL,
    asset_id text,
    summary text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('maintenance_window', 'change_ticket')),
    justification_id uuid NOT NULL,
    reference text,
    reason text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, rule_id, event_id)
  )`;

export class Detection1763900003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SUPPRESSED_MATCHES);
    await runner.query(
      'CREATE INDEX suppressed_matches_by_time ON suppressed_matches (tenant_id, event_time, event_id, rule_id)',
    );
    for (const statement of tenantTable('suppressed_matches')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE suppressed_matches');
  }
}
