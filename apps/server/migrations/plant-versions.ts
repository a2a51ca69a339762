import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '#tenancy/tenant-table.js';

const WATCHED = ['sites', 'zones', 'assets', 'asset_versions', 'log_sources'];

const STATEMENTS = [
  'CREATE TABLE plant_versions (tenant_id uuid PRIMARY KEY REFERENCES tenants ON DELETE CASCADE, version bigint NOT NULL)',
  ...tenantTable('plant_versions', 'tenant_id', 'SELECT, INSERT, UPDATE'),
  `CREATE FUNCTION plant_changed() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE tenant uuid := NULLIF(current_setting('app.tenant', true), '')::uuid;
   BEGIN
     IF tenant IS NOT NULL THEN
       INSERT INTO plant_versions AS v VALUES (tenant, 1)
       ON CONFLICT (tenant_id) DO UPDATE SET version = v.version + 1;
     END IF;
     RETURN NULL;
   END $$`,
  ...WATCHED.map(
    (table) =>
      `CREATE TRIGGER plant_changed AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION plant_changed()`,
  ),
];

/** One small query tells which customers' plants have changed. */
export class PlantVersions1795690004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION plant_changed CASCADE');
    await runner.query('DROP TABLE plant_versions');
  }
}
