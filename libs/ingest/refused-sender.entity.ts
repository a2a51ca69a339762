import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who sent and is no source of anybody's. */
@Entity('refused_senders')
export class RefusedSenderEntity {
  @PrimaryColumn('text')
  protocol!: string;

  @PrimaryColumn('integer')
  port!: number;

  @PrimaryColumn('text')
  address!: string;

  @PrimaryColumn('text')
  reason!: string;

  @Column('bigint')
  count!: string;

  @Column('timestamptz', { name: 'first_seen_at' })
  firstSeenAt!: Date;

  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt!: Date;
}
