import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TicketState } from './change-context.js';

@Entity('maintenance_windows')
export class MaintenanceWindowEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  /** The scope is the union of these assets, this zone and this site. */
  @Column('uuid', { name: 'asset_ids', array: true })
  assetIds!: string[];

  @Column('uuid', { name: 'zone_id', nullable: true })
  zoneId!: string | null;

  @Column('uuid', { name: 'site_id', nullable: true })
  siteId!: string | null;

  @Column('timestamptz', { name: 'starts_at' })
  startsAt!: Date;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt!: Date;

  @Column('text')
  reason!: string;

  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('uuid', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

@Entity('change_tickets')
export class ChangeTicketEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  /** The number that the customer's own change process gave it. */
  @Column('text')
  reference!: string;

  @Column('text')
  title!: string;

  @Column('uuid', { name: 'asset_ids', array: true })
  assetIds!: string[];

  @Column('timestamptz', { name: 'starts_at' })
  startsAt!: Date;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt!: Date;

  @Column('text')
  state!: TicketState;

  @Column('uuid', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
}
