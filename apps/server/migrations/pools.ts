import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LOGIN_ROLES } from '#platform/login-roles.js';

const STATEMENTS = [
  `ALTER TABLE tenants ADD COLUMN placement text NOT NULL DEFAULT 'dedicated' CHECK (placement IN ('dedicated', 'pool')),
    ADD COLUMN pool text, ADD CHECK (placement = 'dedicated' OR pool IS NOT NULL)`,
  'CREATE INDEX tenants_pool ON tenants (pool) WHERE pool IS NOT NULL',
  `GRANT UPDATE (placement) ON tenants TO ${LOGIN_ROLES.provider}`,
  'ALTER TABLE event_indices DROP CONSTRAINT event_indices_name_key',
  'CREATE INDEX event_indices_name ON event_indices (name)',
];

/** Small tenants share indices. */
export class Pools1795690003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX event_indices_name');
    await runner.query('ALTER TABLE event_indices ADD CONSTRAINT event_indices_name_key UNIQUE (name)');
    await runner.query('ALTER TABLE tenants DROP COLUMN placement, DROP COLUMN pool');
  }
}
