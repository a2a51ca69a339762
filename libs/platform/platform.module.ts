import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { Database, ProviderDatabase, ScopedDatabase, type Entities } from './database.js';
import { DatabaseCloser } from './database-closer.js';
import { elasticsearchProvider } from './elasticsearch.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { JobQueues } from './job-queues.js';
import { JobRunner } from './job-runner.js';
import { LiveFeed } from './live-feed.js';
import { LOGIN_ROLES } from './login-roles.js';

@Module({})
export class PlatformModule {
  static with(config: Config, entities: Entities): DynamicModule {
    const { DATABASE_URL: url, DATABASE_APP_PASSWORD, DATABASE_PROVIDER_PASSWORD } = config.values;
    const scoped = async (): Promise<ScopedDatabase> =>
      new ScopedDatabase(
        await Database.connect({
          url,
          user: LOGIN_ROLES.scoped,
          password: DATABASE_APP_PASSWORD,
          entities,
          poolSize: 20,
        }),
      );
    const provider = async (): Promise<ProviderDatabase> =>
      new ProviderDatabase(
        await Database.connect({
          url,
          user: LOGIN_ROLES.provider,
          password: DATABASE_PROVIDER_PASSWORD,
          entities,
          poolSize: 10,
        }),
      );
    const shared = [
      { provide: Config, useValue: config },
      { provide: ScopedDatabase, useFactory: scoped },
      { provide: ProviderDatabase, useFactory: provider },
      elasticsearchProvider,
      Clock,
      JobQueues,
      JobRunner,
      LiveFeed,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [HealthController],
      providers: [...shared, HealthService, DatabaseCloser],
      exports: shared,
    };
  }
}
