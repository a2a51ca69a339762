import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AccessModule } from '#access/access.module.js';
import { AuditModule } from '#audit/audit.module.js';
import { CustomersModule } from '#customers/customers.module.js';
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
        NotifyModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useValue: problemPipe },
      ],
    };
  }
}
