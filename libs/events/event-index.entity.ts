import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One generation of a tenant's index family. */
@Entity('event_indices')
export class EventIndexEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('integer')
  generation!: number;

  @Column('text')
  name!: string;

  @Column('text')
  state!: 'writing' | 'closed';

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;

  @Column('timestamptz', { name: 'first_event_at', nullable: true })
  firstEventAt!: Date | null;

  @Column('timestamptz', { name: 'last_event_at', nullable: true })
  lastEventAt!: Date | null;

  @Column('bigint')
  documents!: string;

  @Column('bigint')
  bytes!: string;
}
