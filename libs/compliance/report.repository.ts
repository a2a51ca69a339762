import { Injectable } from '@nestjs/common';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { ReportEntity, ReportScheduleEntity } from './report.entity.js';
import type { ReportModel } from './report.schema.js';

@Injectable()
export class ReportRepository {
  /** @returns false when that schedule's period is reported already */
  async insertOnce(scope: TenantScope, report: ReportEntity): Promise<boolean> {
    const result = await scope.run((rows) =>
      rows.createQueryBuilder().insert().into(ReportEntity).values(report).orIgnore().returning('id').execute(),
    );
    return Array.isArray(result.raw) && result.raw.length > 0;
  }

  async model(scope: TenantScope, id: string): Promise<ReportModel | undefined> {
    const where = { tenantId: scope.tenantId, id };
    const found = await scope.run((rows) => rows.findOne(ReportEntity, { where, select: { id: true, model: true } }));
    return found?.model;
  }

  async html(scope: TenantScope, id: string): Promise<string | undefined> {
    const where = { tenantId: scope.tenantId, id };
    const found = await scope.run((rows) => rows.findOne(ReportEntity, { where, select: { id: true, html: true } }));
    return found?.html;
  }

  /** The report of a schedule whose period ended last. */
  last(scope: TenantScope, scheduleId: string): Promise<ReportEntity | null> {
    const where = { tenantId: scope.tenantId, scheduleId };
    return scope.run((rows) => rows.findOne(ReportEntity, { where, order: { periodTo: 'DESC' } }));
  }

  schedule(scope: TenantScope, id: string): Promise<ReportScheduleEntity | null> {
    return scope.run((rows) => rows.findOneBy(ReportScheduleEntity, { tenantId: scope.tenantId, id }));
  }

  schedules(reach: TenantReach): Promise<ReportScheduleEntity[]> {
    return reach.run((rows) =>
      rows
        .createQueryBuilder(ReportScheduleEntity, 's')
        .where('s.tenantId = ANY(:ids)', { ids: reach.tenantIds })
        .getMany(),
    );
  }

  /** @returns false when there is none */
  async deleteSchedule(scope: TenantScope, id: string): Promise<boolean> {
    const result = await scope.run((rows) => rows.delete(ReportScheduleEntity, { tenantId: scope.tenantId, id }));
    return (result.affected ?? 0) > 0;
  }
}
