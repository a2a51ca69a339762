import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hardware addresses and serial numbers, by which devices name themselves in logs. */
export class AssetIdentity1795690000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE assets ADD COLUMN macs text[] NOT NULL DEFAULT '{}',
      ADD COLUMN serial_numbers text[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assets DROP COLUMN macs, DROP COLUMN serial_numbers');
  }
}
