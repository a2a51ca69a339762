import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Actor, HistoryKind } from './history.js';

/** Who did what to an alert; rows are only ever added. */
@Entity('alert_history')
export class AlertHistoryEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text', { name: 'alert_id' })
  alertId!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('jsonb')
  actor!: Actor;

  @Column('text')
  kind!: HistoryKind;

  @Column('text', { name: 'from_value', nullable: true })
  from!: string | null;

  @Column('text', { name: 'to_value', nullable: true })
  to!: string | null;

  @Column('text', { nullable: true })
  text!: string | null;
}
