import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = "kind IN ('syslog-udp', 'syslog-tcp', 'syslog-tls', 'relp', 'ndjson', 'bulk')";
const KINDS_BEFORE = "kind IN ('syslog-udp', 'syslog-tcp', 'ndjson', 'bulk')";

/** Syslog over TLS and RELP as sources; a client's certificate tells one source, whichever tenant's. */
export class EncryptedSyslog1795690001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE log_sources DROP CONSTRAINT log_sources_kind_check,
      ADD CONSTRAINT log_sources_kind_check CHECK (${KINDS}), ADD COLUMN client_certificate text UNIQUE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE log_sources DROP COLUMN client_certificate,
      DROP CONSTRAINT log_sources_kind_check, ADD CONSTRAINT log_sources_kind_check CHECK (${KINDS_BEFORE})`);
  }
}
