import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Justification } from '#customers/change-context.js';

@Entity('suppressed_matches')
export class SuppressedMatchEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('text', { name: 'rule_id' })
  ruleId!: string;

  @PrimaryColumn('text', { name: 'event_id' })
  eventId!: string;

  @Column('timestamptz', { name: 'event_time' })
  eventTime!: Date;

  @Column('text', { name: 'asset_id', nullable: true })
  assetId!: string | null;

  @Column('text')
  summary!: string;

  @Column('text')
  kind!: Justification['kind'];

  @Column('uuid', { name: 'justification_id' })
  justificationId!: string;

  /** The ticket's or window's name as people know it. */
  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('text')
  reason!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
