import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AccessModule } from '#access/access.module.js';
import { AlertsModule } from '#alerts/alerts.module.js';
import { AuditModule } from '#audit/audit.module.js';
import { ComplianceModule } from '#compliance/compliance.module.js';
import { CustomersModule } from '#customers/customers.module.js';
import { DetectionModule } from '#detection/detection.module.js';
import { EventsModule } from '#events/events.module.js';
import { IngestModule } from '#ingest/ingest.module.js';
import { NotifyModule } from '#notify/notify.module.js';
import { TenancyModule } from '#tenancy/tenancy.module.js';
import type { Config } from '#platform/config.js';
import { PlatformModule } from '#platform/platform.module.js';
import { problemPipe } from '#platform/problem-pipe.js';
import { ProblemFilter } from '#platform/problem.filter.js';
import { entities } from './entities.js';

@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, entities),
        TenancyModule,
        AuditModule,
        AccessModule,
        CustomersModule,
        EventsModule,
        NotifyModule,
        AlertsModule,
        DetectionModule,
        IngestModule,
        ComplianceModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useValue: problemPipe },
      ],
    };
  }
}
