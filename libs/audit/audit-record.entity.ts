import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_records')
export class AuditRecordEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz')
  at!: Date;

  /** Null: the act touched no tenant, or several (`tenantIds`). */
  @Column('uuid', { name: 'tenant_id', nullable: true })
  tenantId!: string | null;

  @Column('uuid', { name: 'tenant_ids', array: true })
  tenantIds!: string[];

  @Column('text', { name: 'actor_kind' })
  actorKind!: string;

  @Column('text', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('text', { name: 'actor_name', nullable: true })
  actorName!: string | null;

  @Column('text')
  action!: string;

  @Column('text', { nullable: true })
  target!: string | null;

  @Column('text')
  outcome!: string;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('jsonb')
  detail!: object;
}
