import { Module } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { AlertsModule } from '#alerts/alerts.module.js';
import { CustomersModule } from '#customers/customers.module.js';
import { EventsModule } from '#events/events.module.js';
import { DecideService } from './decide.service.js';
import { DetectionIntake } from './detection-intake.service.js';
import { DetectionProcessor } from './detection.processor.js';
import { Matcher } from './matcher.service.js';
import { RuleCatalogueRepository } from './rule-catalogue.repository.js';
import { RuleCatalogue } from './rule-catalogue.service.js';
import { RuleCoverageController } from './rule-coverage.controller.js';
import { RuleCoverage } from './rule-coverage.service.js';
import { RuleController } from './rule.controller.js';
import { SuppressedMatchController } from './suppressed-match.controller.js';
import { SuppressedMatchRepository } from './suppressed-match.repository.js';
import { Suppressions } from './suppressions.service.js';
import { UndecidedRepository } from './undecided.repository.js';
import { WindowRepository } from './window.repository.js';

const services = [Matcher, DetectionIntake, RuleCatalogue, Suppressions];

@Module({
  imports: [AlertsModule, CustomersModule, EventsModule],
  controllers: [RuleController, RuleCoverageController, SuppressedMatchController],
  providers: [
    DecideService,
    DetectionProcessor,
    RuleCoverage,
    {
      provide: RuleCatalogueRepository,
      inject: [Config],
      useFactory: ({ values }: Config) => new RuleCatalogueRepository(values.RULES_FOLDER),
    },
    SuppressedMatchRepository,
    UndecidedRepository,
    WindowRepository,
    ...services,
  ],
  exports: services,
})
export class DetectionModule {}
