import { Column, Entity, PrimaryColumn } from 'typeorm';

export type StepState = 'pending' | 'done' | 'cancelled';

/** What must be said at a time unless somebody takes note before. */
@Entity('escalation_steps')
export class EscalationStepEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('text', { name: 'alert_id' })
  alertId!: string;

  @PrimaryColumn('integer')
  step!: number;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  @Column('text')
  state!: StepState;

  @Column('text')
  label!: string;

  @Column('uuid', { name: 'channel_ids', array: true })
  channelIds!: string[];

  @Column('jsonb')
  policy!: { id: string; name: string };
}
