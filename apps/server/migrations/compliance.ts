import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#tenancy/tenant-table.js';

const OWN = `id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants(id), created_at timestamptz NOT NULL, UNIQUE (tenant_id, id)`;
const KIND = `kind text NOT NULL CHECK (kind = 'security_logging')`;

const STATEMENTS = [
  `CREATE TABLE report_schedules (${OWN}, ${KIND}, pattern text NOT NULL, time_zone text NOT NULL, channel_ids uuid[] NOT NULL)`,
  ...tenantTable('report_schedules'),

  // A schedule's periods follow one another, so where one ends is enough to tell it.
  `CREATE TABLE reports (${OWN}, ${KIND}, schedule_id uuid, period_from timestamptz NOT NULL, period_to timestamptz NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('met', 'not_met', 'no_evidence')), statement text NOT NULL,
    model jsonb NOT NULL, html text NOT NULL, CHECK (period_from < period_to), UNIQUE (schedule_id, period_to),
    FOREIGN KEY (tenant_id, schedule_id) REFERENCES report_schedules(tenant_id, id) ON DELETE SET NULL (schedule_id))`,
  // What was issued stays as it was issued.
  ...tenantTable('reports', 'tenant_id', 'SELECT, INSERT'),
];

export class Compliance1763900007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reports, report_schedules');
  }
}
