import { LOGIN_ROLES } from '#platform/login-roles.js';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `ALTER TABLE source_counters ADD COLUMN collector text NOT NULL DEFAULT 'c1', ADD COLUMN flush bigint NOT NULL DEFAULT 0,
    ADD COLUMN throttled bigint NOT NULL DEFAULT 0, ADD COLUMN spooled bigint NOT NULL DEFAULT 0, ADD COLUMN cadence_ms bigint,
    DROP CONSTRAINT source_counters_pkey, ADD PRIMARY KEY (tenant_id, source_id, collector)`,
  'ALTER TABLE source_counters ALTER COLUMN collector DROP DEFAULT',
  'ALTER TABLE tenants ADD COLUMN events_per_second integer, ADD COLUMN bytes_per_second integer',
  `ALTER TABLE dead_letters ADD COLUMN received_at timestamptz, ADD COLUMN sender text, ADD COLUMN replayed_at timestamptz`,
  `UPDATE dead_letters SET received_at = at, sender = ''`,
  'ALTER TABLE dead_letters ALTER COLUMN received_at SET NOT NULL, ALTER COLUMN sender SET NOT NULL',
  `GRANT UPDATE (replayed_at) ON dead_letters TO ${LOGIN_ROLES.scoped}`,
  `GRANT UPDATE (events_per_second, bytes_per_second) ON tenants TO ${LOGIN_ROLES.provider}`,
];

/** Each collector's own counts, which take every addition once; what a tenant may send; dead letters sent again. */
export class ExactLedger1795690002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE dead_letters DROP COLUMN received_at, DROP COLUMN sender, DROP COLUMN replayed_at');
    await runner.query('ALTER TABLE tenants DROP COLUMN events_per_second, DROP COLUMN bytes_per_second');
    await runner.query(`ALTER TABLE source_counters DROP CONSTRAINT source_counters_pkey, DROP COLUMN flush,
      DROP COLUMN throttled, DROP COLUMN spooled, DROP COLUMN cadence_ms, DROP COLUMN collector,
      ADD PRIMARY KEY (tenant_id, source_id)`);
  }
}
