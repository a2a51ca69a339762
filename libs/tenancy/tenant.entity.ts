import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Placement } from './placement.js';

@Entity('tenants')
export class TenantEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Opaque and short: names what the tenant has outside PostgreSQL, and tells nobody who it is. */
  @Column('text')
  key!: string;

  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  @Column('integer', { name: 'retention_days' })
  retentionDays!: number;

  @Column('integer', { name: 'events_per_second', nullable: true })
  eventsPerSecond!: number | null;

  @Column('integer', { name: 'bytes_per_second', nullable: true })
  bytesPerSecond!: number | null;

  @Column('text')
  placement!: Placement;

  /** Given for good when the tenant is made: events from before a promotion stay there. */
  @Column('text', { nullable: true })
  pool!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
