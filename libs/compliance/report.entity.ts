import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Verdict } from '#iec62443/verdict.js';
import type { ReportModel } from './report.schema.js';

/** A report as it was issued; never changed. */
@Entity('reports')
export class ReportEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  kind!: ReportModel['kind'];

  /** Null: somebody asked for it. */
  @Column('uuid', { name: 'schedule_id', nullable: true })
  scheduleId!: string | null;

  @Column('timestamptz', { name: 'period_from' })
  periodFrom!: Date;

  @Column('timestamptz', { name: 'period_to' })
  periodTo!: Date;

  @Column('text')
  verdict!: Verdict;

  @Column('text')
  statement!: string;

  @Column('jsonb', { select: false })
  model!: ReportModel;

  @Column('text', { select: false })
  html!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

@Entity('report_schedules')
export class ReportScheduleEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  kind!: ReportModel['kind'];

  /** Cron, five fields, in `timeZone`. */
  @Column('text')
  pattern!: string;

  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  /** Who is told that a report is there. */
  @Column('uuid', { name: 'channel_ids', array: true })
  channelIds!: string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
