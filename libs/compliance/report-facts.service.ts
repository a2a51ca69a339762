import { Injectable } from '@nestjs/common';
import { Alerts } from '#alerts/alerts.service.js';
import { AssetDirectory } from '#customers/asset-directory.service.js';
import { LogSources } from '#customers/log-sources.service.js';
import { Suppressions } from '#detection/suppressions.service.js';
import { EventSearch } from '#events/event-search.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { ReportFacts } from './report-model.js';
import type { Period } from './report-period.js';

/** Asks every room for its part of a report. */
@Injectable()
export class FactsOfPeriod {
  constructor(
    private readonly directory: AssetDirectory,
    private readonly sources: LogSources,
    private readonly events: EventSearch,
    private readonly alerts: Alerts,
    private readonly suppressions: Suppressions,
  ) {}

  async collect(scope: TenantScope, period: Period): Promise<Omit<ReportFacts, 'id' | 'generatedAt' | 'timeZone'>> {
    const { from, to } = period;
    const [inventory, sources, categories, activity, alerts, suppressed] = await Promise.all([
      this.directory.inventory(scope, from, to),
      this.sources.of(scope, to),
      this.events.auditCategories(scope, from, to),
      this.events.sourceActivity(scope, from, to),
      this.alerts.metrics(scope, from, to),
      this.suppressions.count(scope, from, to),
    ]);
    return { tenant: scope.tenant, period, inventory, sources, categories, activity, alerts, suppressed };
  }
}
