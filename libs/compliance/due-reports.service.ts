import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { JobQueues } from '#platform/job-queues.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { reportDue, schedulerId, type DueReport } from './compliance.jobs.js';
import { periodDue } from './report-period.js';
import { ReportRecipients } from './report-recipients.service.js';
import { ReportRepository } from './report.repository.js';
import { Reports } from './reports.service.js';

/** Makes the report that a schedule owes; however often it is asked, one per period. */
@Injectable()
export class DueReports {
  constructor(
    private readonly schedules: ReportRepository,
    private readonly reports: Reports,
    private readonly recipients: ReportRecipients,
    private readonly queues: JobQueues,
    private readonly scopes: TenantScopes,
    private readonly clock: Clock,
  ) {}

  async make({ tenantId, scheduleId }: DueReport): Promise<void> {
    const scope = await this.scopes.open(tenantId);
    const schedule = await this.schedules.schedule(scope, scheduleId);
    if (!schedule) return this.queues.stopRepeating(reportDue, schedulerId(scheduleId));
    const { pattern, timeZone } = schedule;
    const before = await this.schedules.last(scope, scheduleId);
    const period = periodDue(pattern, timeZone, this.clock.now(), before?.periodTo);
    if (period) await this.reports.issue(scope, period, { timeZone, scheduleId });
    // Told also when nothing was due: an attempt before this one may have stopped between making and telling.
    const report = await this.schedules.last(scope, scheduleId);
    if (report) await this.recipients.tell(scope, report, schedule);
  }
}
