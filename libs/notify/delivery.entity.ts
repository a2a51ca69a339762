import { Column, Entity, PrimaryColumn } from 'typeorm';

export type DeliveryState = 'queued' | 'sent' | 'failed';

@Entity('deliveries')
export class DeliveryEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  key!: string;

  @Column('uuid', { name: 'channel_id' })
  channelId!: string;

  @Column('text')
  subject!: string;

  @Column('text')
  text!: string;

  @Column('jsonb')
  data!: object;

  @Column('text')
  state!: DeliveryState;

  @Column('integer')
  attempts!: number;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  /** What the other side calls it: the Message-ID of a mail. */
  @Column('text', { name: 'provider_id', nullable: true })
  providerId!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
