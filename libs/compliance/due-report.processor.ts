import { Injectable } from '@nestjs/common';
import { Handles, type JobHandler } from '#platform/job-runner.js';
import { reportDue, type DueReport } from './compliance.jobs.js';
import { DueReports } from './due-reports.service.js';

@Injectable()
@Handles(reportDue)
export class DueReportProcessor implements JobHandler<DueReport> {
  constructor(private readonly reports: DueReports) {}

  handle(due: DueReport): Promise<void> {
    return this.reports.make(due);
  }
}
