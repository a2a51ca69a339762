import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AccessGuard } from './access.guard.js';
import { CrossTenantRead } from './cross-tenant-read.service.js';
import { IdentityService } from './identity.service.js';
import { OwnerRepository } from './owner.repository.js';
import { PasswordStrategy } from './password.strategy.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';
import { PersonRepository } from './person.repository.js';
import { RouteCheck } from './route-check.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { SessionStrategy } from './session.strategy.js';
import { TokensController } from './tokens.controller.js';
import { TokenStrategy } from './token.strategy.js';

@Global()
@Module({
  imports: [PassportModule, DiscoveryModule],
  controllers: [SessionController, PeopleController, TokensController],
  providers: [
    PersonRepository,
    OwnerRepository,
    IdentityService,
    SessionService,
    PeopleService,
    CrossTenantRead,
    RouteCheck,
    PasswordStrategy,
    SessionStrategy,
    TokenStrategy,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [CrossTenantRead, IdentityService, PeopleService, RouteCheck],
})
export class AccessModule {}
