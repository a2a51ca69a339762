import type { MigrationInterface, QueryRunner } from 'typeorm';
import { providerTable, tenantTable } from '#tenancy/tenant-table.js';

const STATEMENTS = [
  `CREATE TABLE tenants (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    key text NOT NULL UNIQUE,
    time_zone text NOT NULL,
    retention_days integer NOT NULL CHECK (retention_days > 0),
    created_at timestamptz NOT NULL
  )`,
  ...tenantTable('tenants', 'id', 'SELECT'),
  'GRANT INSERT ON tenants TO plantwatch_provider',

  `CREATE TABLE people (
    id uuid PRIMARY KEY,
    tenant_id uuid REFERENCES tenants,
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    name text NOT NULL,
    role text NOT NULL,
    password_hash text,
    failed_attempts integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    CHECK ((tenant_id IS NOT NULL) = (role LIKE 'customer\\_%'))
  )`,
  ...tenantTable('people', 'tenant_id', 'SELECT (id, tenant_id, email, name, role)'),
  'GRANT INSERT, UPDATE ON people TO plantwatch_provider',

  `CREATE TABLE assignments (
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    PRIMARY KEY (person_id, tenant_id)
  )`,
  ...tenantTable('assignments', 'tenant_id', 'SELECT'),
  'GRANT INSERT, UPDATE, DELETE ON assignments TO plantwatch_provider',

  `CREATE TABLE credentials (
    hash text PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('session', 'token')),
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  'CREATE INDEX credentials_person ON credentials (person_id)',
  ...providerTable('credentials'),

  `CREATE TABLE audit_records (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    tenant_id uuid REFERENCES tenants,
    tenant_ids uuid[] NOT NULL,
    actor_kind text NOT NULL,
    actor_id text,
    actor_name text,
    action text NOT NULL,
    target text,
    outcome text NOT NULL CHECK (outcome IN ('success', 'failure')),
    address text,
    detail jsonb NOT NULL
  )`,
  'CREATE INDEX audit_records_tenant ON audit_records (tenant_id, at DESC)',
  'CREATE INDEX audit_records_tenants ON audit_records USING gin (tenant_ids)',
  ...tenantTable('audit_records', 'tenant_id', 'SELECT'),
  // Nobody at run time can change or remove a record.
  'GRANT INSERT ON audit_records TO plantwatch_provider',
];

export class Access1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_records, credentials, assignments, people, tenants');
  }
}
