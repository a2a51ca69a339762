import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelKind } from './outgoing.js';

@Entity('channels')
export class ChannelEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  kind!: ChannelKind;

  @Column('text')
  name!: string;

  @Column('text')
  target!: string;

  /** Signing needs the secret itself, so a hash will not do. Encryption at rest comes with the tenants' keys. */
  @Column('text', { nullable: true })
  secret!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Kept after its removal, for the deliveries that name it. */
  @Column('timestamptz', { name: 'removed_at', nullable: true })
  removedAt!: Date | null;
}
