import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AssetFacts, AssetRole, ComponentType } from './asset-index.js';

@Entity('assets')
export class AssetEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('uuid', { name: 'zone_id', nullable: true })
  zoneId!: string | null;

  @Column('text')
  name!: string;

  @Column('text', { name: 'component_type' })
  componentType!: ComponentType;

  @Column('text')
  role!: AssetRole;

  /** 1 (low) to 4 (plant stops or people are in danger). */
  @Column('integer')
  criticality!: number;

  @Column('text', { array: true })
  addresses!: string[];

  @Column('text', { array: true })
  hostnames!: string[];

  @Column('text', { array: true })
  macs!: string[];

  @Column('text', { name: 'serial_numbers', array: true })
  serialNumbers!: string[];

  @Column('text', { nullable: true })
  vendor!: string | null;

  @Column('text', { nullable: true })
  model!: string | null;

  /** Since when all this holds; null: for as long as anybody knows. What held before is in `asset_versions`. */
  @Column('timestamptz', { name: 'valid_from', nullable: true })
  validFrom!: Date | null;

  /** When the asset left the plant. */
  @Column('timestamptz', { name: 'valid_to', nullable: true })
  validTo!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** What an asset was until it changed. */
@Entity('asset_versions')
export class AssetVersionEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('uuid', { name: 'asset_id' })
  assetId!: string;

  @Column('jsonb')
  facts!: AssetFacts;

  @Column('timestamptz', { name: 'valid_from', nullable: true })
  validFrom!: Date | null;

  @Column('timestamptz', { name: 'valid_to' })
  validTo!: Date;
}
