import { Global, Module } from '@nestjs/common';
import { TenantRepository } from './tenant.repository.js';
import { TenantScopes } from './tenant-scopes.service.js';

@Global()
@Module({ providers: [TenantRepository, TenantScopes], exports: [TenantScopes] })
export class TenancyModule {}
