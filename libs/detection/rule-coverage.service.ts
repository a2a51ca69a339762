import { Injectable } from '@nestjs/common';
import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import { EventSearch } from '#events/event-search.service.js';
import { fieldsOf } from '#sigma/expression-walk.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { AlertingRule } from './decision.js';
import { mappedFields, missingRules, obstacleOf, sourceKey, type Evidence, type RoutedRule } from './rule-coverage.js';
import type { RuleCoverageAnswer } from './rule-coverage.schema.js';
import { RuleCatalogue } from './rule-catalogue.service.js';
import { wideQuery, type Query } from './source-query.js';

type Silent = RuleCoverageAnswer['silent'][number];

/** Rules that can never fire for a tenant, because none of its events has what they need. */
@Injectable()
export class RuleCoverage {
  constructor(
    private readonly catalogue: RuleCatalogue,
    private readonly events: EventSearch,
  ) {}

  async report(scope: TenantScope): Promise<RuleCoverageAnswer> {
    const routed = this.catalogue.routed();
    const evidence = await this.evidence(scope, [...routed.values()]);
    const rules = this.catalogue.allAlerting();
    const read = [...routed.values()].flatMap(({ detection }) => fieldsOf(detection));
    return {
      rules: rules.length,
      silent: rules.flatMap((rule) => silentRule(rule, routed, evidence) ?? []),
      unknownFields: [...new Set(read)].filter((field) => !Object.hasOwn(MAPPED_FIELDS, field)).toSorted(),
    };
  }

  private async evidence(scope: TenantScope, rules: RoutedRule[]): Promise<Evidence> {
    const sources = new Map(rules.map(({ rule, when }) => [sourceKey(rule.logsource), wideQuery(when)]));
    const fields = new Map<string, Query>(mappedFields(rules).map((field) => [field, { exists: { field } }]));
    return {
      sources: await this.events.holding(scope, sources),
      fields: await this.events.holding(scope, fields),
    };
  }
}

function silentRule(
  { document, correlation }: AlertingRule,
  routed: ReadonlyMap<string, RoutedRule>,
  evidence: Evidence,
): Silent | null {
  const { id, title, level = null } = document;
  const obstacle = (rule: string) => {
    const one = routed.get(rule);
    return one ? obstacleOf(one, evidence) : null;
  };
  if (!correlation) {
    const found = obstacle(id);
    return found && { id, title, level, ...found, rules: [] };
  }
  const rules = missingRules(correlation, (rule) => obstacle(rule) !== null);
  return rules.length === 0 ? null : { id, title, level, logsource: null, fields: [], rules };
}
