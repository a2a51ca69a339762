import { Module } from '@nestjs/common';
import { AlertsModule } from '#alerts/alerts.module.js';
import { CustomersModule } from '#customers/customers.module.js';
import { DetectionModule } from '#detection/detection.module.js';
import { EventsModule } from '#events/events.module.js';
import { NotifyModule } from '#notify/notify.module.js';
import { DueReportProcessor } from './due-report.processor.js';
import { DueReports } from './due-reports.service.js';
import { FactsOfPeriod } from './report-facts.service.js';
import { ReportRecipients } from './report-recipients.service.js';
import { ReportSchedulesController } from './report-schedules.controller.js';
import { ReportSchedules } from './report-schedules.service.js';
import { ReportRepository } from './report.repository.js';
import { ReportsController } from './reports.controller.js';
import { Reports } from './reports.service.js';

@Module({
  imports: [CustomersModule, EventsModule, NotifyModule, AlertsModule, DetectionModule],
  controllers: [ReportsController, ReportSchedulesController],
  providers: [
    ReportRepository,
    FactsOfPeriod,
    Reports,
    ReportRecipients,
    ReportSchedules,
    DueReports,
    DueReportProcessor,
  ],
  exports: [Reports, ReportSchedules],
})
export class ComplianceModule {}
