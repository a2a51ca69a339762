import { Entity, PrimaryColumn } from 'typeorm';

/** A tenant that a member of the provider's staff works for. */
@Entity('assignments')
export class AssignmentEntity {
  @PrimaryColumn('uuid', { name: 'person_id' })
  personId!: string;

  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;
}
