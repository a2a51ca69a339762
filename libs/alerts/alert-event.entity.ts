import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One event that an alert rests on. The row makes counts exact and replays harmless; the event is in Elasticsearch. */
@Entity('alert_events')
export class AlertEventEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('text', { name: 'alert_id' })
  alertId!: string;

  @PrimaryColumn('text', { name: 'event_id' })
  eventId!: string;

  @Column('timestamptz', { name: 'event_time' })
  eventTime!: Date;
}
