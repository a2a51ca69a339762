import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one collector counted of a source. */
@Entity('source_counters')
export class SourceCounterEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid', { name: 'source_id' })
  sourceId!: string;

  @PrimaryColumn('text')
  collector!: string;

  /** Number of the last addition. */
  @Column('bigint')
  flush!: string;

  @Column('bigint')
  received!: string;

  @Column('bigint')
  truncated!: string;

  /** Datagrams that found no room. */
  @Column('bigint')
  dropped!: string;

  /** Times a sender had to wait, over quota. */
  @Column('bigint')
  throttled!: string;

  @Column('bigint')
  indexed!: string;

  @Column('bigint')
  duplicates!: string;

  @Column('bigint', { name: 'dead_lettered' })
  deadLettered!: string;

  /** Lines in the collector's spool, as it said last. */
  @Column('bigint')
  spooled!: string;

  /** The collector's clock less the device's, smoothed; milliseconds. */
  @Column('bigint', { name: 'skew_ms', nullable: true })
  skewMs!: string | null;

  /** Usual time between two deliveries, smoothed; milliseconds. */
  @Column('bigint', { name: 'cadence_ms', nullable: true })
  cadenceMs!: string | null;

  @Column('timestamptz', { name: 'last_received_at', nullable: true })
  lastReceivedAt!: Date | null;
}
