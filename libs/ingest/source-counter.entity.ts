import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('source_counters')
export class SourceCounterEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('uuid', { name: 'source_id' })
  sourceId!: string;

  @Column('bigint')
  received!: string;

  @Column('bigint')
  truncated!: string;

  /** Datagrams that found no room. */
  @Column('bigint')
  dropped!: string;

  @Column('bigint')
  indexed!: string;

  @Column('bigint')
  duplicates!: string;

  @Column('bigint', { name: 'dead_lettered' })
  deadLettered!: string;

  /** The collector's clock less the device's, smoothed; milliseconds. */
  @Column('bigint', { name: 'skew_ms', nullable: true })
  skewMs!: string | null;

  @Column('timestamptz', { name: 'last_received_at', nullable: true })
  lastReceivedAt!: Date | null;
}
