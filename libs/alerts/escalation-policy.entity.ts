import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PolicyStep } from './escalation.js';
import type { Severity } from './severity.js';

@Entity('escalation_policies')
export class EscalationPolicyEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'min_severity' })
  minSeverity!: Severity;

  @Column('jsonb')
  steps!: PolicyStep[];

  /** The one in force; at most one a tenant. */
  @Column('boolean', { name: 'is_default' })
  isDefault!: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
