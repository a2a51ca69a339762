import { Injectable } from '@nestjs/common';
import type { EcsEvent } from '#ecs/event.js';
import { RuleCatalogue } from './rule-catalogue.service.js';
import type { RuleMatch } from './rule-match.js';

/** The stateless part of detection, for the pipeline: called once for each event. */
@Injectable()
export class Matcher {
  constructor(private readonly rules: RuleCatalogue) {}

  /** Every tenant has the whole shipped set. */
  match(event: EcsEvent, _tenantId: string): RuleMatch[] {
    return this.rules.matching.match(event);
  }
}
