import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Page, PageQuery } from '#customers/page.js';
import { Registers } from '#customers/registers.service.js';
import { Config } from '#platform/config.js';
import { notFound } from '#platform/errors.js';
import { JobQueues } from '#platform/job-queues.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { reportDue, schedulerId } from './compliance.jobs.js';
import { ReportRecipients } from './report-recipients.service.js';
import type { NewSchedule, ScheduleChange } from './report-schedule.schema.js';
import { ReportScheduleEntity } from './report.entity.js';
import { ReportRepository } from './report.repository.js';

/** When reports are made, and who is told. The row is the schedule; Redis only wakes it. */
@Injectable()
export class ReportSchedules implements OnApplicationBootstrap {
  constructor(
    private readonly registers: Registers,
    private readonly schedules: ReportRepository,
    private readonly recipients: ReportRecipients,
    private readonly queues: JobQueues,
    private readonly scopes: TenantScopes,
    private readonly config: Config,
  ) {}

  private get register() {
    return this.registers.of(ReportScheduleEntity, 'report-schedules');
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.has('scheduler')) return;
    for (const schedule of await this.schedules.schedules(await this.scopes.all())) await this.wake(schedule);
  }

  list(scope: TenantScope, query: PageQuery): Promise<Page<ReportScheduleEntity>> {
    return this.register.list(scope, query);
  }

  get(scope: TenantScope, id: string): Promise<ReportScheduleEntity> {
    return this.register.get(scope, id);
  }

  async create(
    scope: TenantScope,
    { tenant: _, timeZone = scope.tenant.timeZone, ...fields }: NewSchedule,
  ): Promise<ReportScheduleEntity> {
    await this.recipients.require(scope, fields.channelIds);
    return scope.transaction(async (open) => this.wake(await this.register.create(open, { ...fields, timeZone })));
  }

  async change(scope: TenantScope, id: string, change: ScheduleChange): Promise<ReportScheduleEntity> {
    await this.recipients.require(scope, change.channelIds ?? []);
    return scope.transaction(async (open) => this.wake(await this.register.change(open, id, change)));
  }

  /** Its reports stay. */
  async remove(scope: TenantScope, id: string): Promise<void> {
    if (!(await this.schedules.deleteSchedule(scope, id))) throw notFound();
    await this.queues.stopRepeating(reportDue, schedulerId(id));
  }

  private async wake(schedule: ReportScheduleEntity): Promise<ReportScheduleEntity> {
    const { id, tenantId, pattern, timeZone } = schedule;
    await this.queues.repeat(reportDue, schedulerId(id), { pattern, timeZone }, { tenantId, scheduleId: id });
    return schedule;
  }
}
