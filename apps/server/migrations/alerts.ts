import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LOGIN_ROLES } from '#platform/login-roles.js';
import { tenantTable } from '#tenancy/tenant-table.js';

const SEVERITY = "('informational', 'low', 'medium', 'high', 'critical')";

const ALERTS = `
  CREATE TABLE alerts (
    id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    series text NOT NULL,
    rule_id text NOT NULL,
    rule_title text NOT NULL,
    rule_description text NOT NULL,
    severity text NOT NULL CHECK (severity IN ${SEVERITY}),
    risk_score integer NOT NULL CHECK (risk_score BETWEEN 0 AND 100),
    status text NOT NULL CHECK (status IN ('new', 'acknowledged', 'in_progress', 'closed')),
    verdict text CHECK (verdict IN ('true_positive', 'benign_true_positive', 'false_positive', 'duplicate', 'test', 'undetermined')),
    techniques text[] NOT NULL,
    "group" jsonb NOT NULL,
    summary text NOT NULL,
    asset_ids uuid[] NOT NULL,
    asset_names text[] NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    first_event_at timestamptz NOT NULL,
    last_event_at timestamptz NOT NULL,
    raised_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    closed_at timestamptz,
    claimed_by uuid,
    claimed_name text,
    claim_expires_at timestamptz,
    assignee_id uuid,
    assignee_name text,
    revision integer NOT NULL DEFAULT 1,
    updated_seq bigint NOT NULL DEFAULT nextval('alert_updates'),
    UNIQUE (tenant_id, id),
    CHECK (first_event_at <= last_event_at),
    CHECK (cardinality(asset_ids) = cardinality(asset_names)),
    CHECK ((status = 'closed') = (verdict IS NOT NULL)),
    CHECK ((status = 'closed') = (closed_at IS NOT NULL))
  )`;

const EVENTS = `
  CREATE TABLE alert_events (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    alert_id text NOT NULL,
    event_id text NOT NULL,
    event_time timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, alert_id, event_id),
    FOREIGN KEY (tenant_id, alert_id) REFERENCES alerts (tenant_id, id)
  )`;

const HISTORY = `
  CREATE TABLE alert_history (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    alert_id text NOT NULL,
    at timestamptz NOT NULL,
    actor jsonb NOT NULL,
    kind text NOT NULL,
    from_value text,
    to_value text,
    text text,
    FOREIGN KEY (tenant_id, alert_id) REFERENCES alerts (tenant_id, id)
  )`;

const POLICIES = `
  CREATE TABLE escalation_policies (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    name text NOT NULL,
    min_severity text NOT NULL CHECK (min_severity IN ${SEVERITY}),
    steps jsonb NOT NULL,
    is_default boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, name)
  )`;

const STEPS = `
  CREATE TABLE escalation_steps (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    alert_id text NOT NULL,
    step integer NOT NULL,
    due_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'done', 'cancelled')),
    label text NOT NULL,
    channel_ids uuid[] NOT NULL,
    policy jsonb NOT NULL,
    PRIMARY KEY (tenant_id, alert_id, step),
    FOREIGN KEY (tenant_id, alert_id) REFERENCES alerts (tenant_id, id)
  )`;

const INDEXES = [
  'CREATE INDEX alerts_series ON alerts (tenant_id, series, last_event_at)',
  'CREATE INDEX alerts_newest ON alerts (tenant_id, raised_at DESC, id DESC)',
  'CREATE INDEX alerts_queue ON alerts (tenant_id, status, risk_score DESC, raised_at DESC)',
  'CREATE INDEX alerts_assets ON alerts USING gin (asset_ids)',
  'CREATE INDEX alert_events_by_time ON alert_events (tenant_id, alert_id, event_time, event_id)',
  'CREATE INDEX alert_history_of ON alert_history (tenant_id, alert_id, at, id)',
  'CREATE UNIQUE INDEX escalation_policies_default ON escalation_policies (tenant_id) WHERE is_default',
  "CREATE INDEX escalation_steps_due ON escalation_steps (due_at) WHERE state = 'pending'",
];

export class Alerts1763900004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'CREATE SEQUENCE alert_updates',
      `GRANT USAGE ON SEQUENCE alert_updates TO ${LOGIN_ROLES.scoped}`,
      ALERTS,
      EVENTS,
      HISTORY,
      POLICIES,
      STEPS,
      ...INDEXES,
      ...['alerts', 'alert_events', 'escalation_policies', 'escalation_steps'].flatMap((table) => tenantTable(table)),
      ...tenantTable('alert_history', 'tenant_id', 'SELECT, INSERT'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['escalation_steps', 'escalation_policies', 'alert_history', 'alert_events', 'alerts']) {
      await runner.query(`DROP TABLE ${table}`);
    }
    await runner.query('DROP SEQUENCE alert_updates');
  }
}
