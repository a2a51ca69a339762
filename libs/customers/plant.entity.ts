import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sites')
export class SiteEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

@Entity('zones')
export class ZoneEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('uuid', { name: 'site_id' })
  siteId!: string;

  @Column('text')
  name!: string;

  /** Target security level (SL-T), 1 to 4. */
  @Column('integer', { name: 'sl_target' })
  slTarget!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

@Entity('conduits')
export class ConduitEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('uuid', { name: 'from_zone_id' })
  fromZoneId!: string;

  @Column('uuid', { name: 'to_zone_id' })
  toZoneId!: string;

  /** What may pass, as the plant names it: `modbus/502`, `https`. */
  @Column('text', { array: true })
  services!: string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
