import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Rises with each change of a tenant's sites, zones, assets and log sources, by triggers: nobody forgets it. */
@Entity('plant_versions')
export class PlantVersionEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('bigint')
  version!: string;
}
