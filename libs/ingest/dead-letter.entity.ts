import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line that Elasticsearch would never take as it is. */
@Entity('dead_letters')
export class DeadLetterEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  @Column('text', { name: 'event_id' })
  eventId!: string;

  @Column('text')
  reason!: string;

  @Column('bytea')
  raw!: Buffer;

  /** When the line came, and from which address. */
  @Column('timestamptz', { name: 'received_at' })
  receivedAt!: Date;

  @Column('text')
  sender!: string;

  @Column('timestamptz')
  at!: Date;

  /** When it was taken after all. */
  @Column('timestamptz', { name: 'replayed_at', nullable: true })
  replayedAt!: Date | null;
}
