import { Global, Module } from '@nestjs/common';
import { FailedJobsController } from './failed-jobs.controller.js';
import { FailedJobs } from './failed-jobs.service.js';
import { ShardRepository } from './shard.repository.js';
import { TenantRepository } from './tenant.repository.js';
import { TenantScopes } from './tenant-scopes.service.js';

@Global()
@Module({
  controllers: [FailedJobsController],
  providers: [ShardRepository, TenantRepository, TenantScopes, FailedJobs],
  exports: [TenantScopes],
})
export class TenancyModule {}
