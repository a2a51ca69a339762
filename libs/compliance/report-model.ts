import type { Inventory } from '#customers/inventory.js';
import type { SourceKind } from '#customers/source-endpoint.js';
import { AUDIT_CATEGORIES, isAuditCategory } from '#iec62443/auditable-events.js';
import { SECURITY_LEVELS } from '#iec62443/security-level.js';
import { overall } from '#iec62443/verdict.js';
import { judgeClock } from './clock-skew.js';
import { gapsOf, statementOf } from './report-statement.js';
import type { Period } from './report-period.js';
import type { AssetReport, ClockReport, ReportModel, SiteReport, SourceReport, ZoneReport } from './report.schema.js';

/** All that a report is made of. */
export interface ReportFacts {
  id: string;
  tenant: { id: string; name: string };
  timeZone: string;
  period: Period;
  generatedAt: Date;
  inventory: Inventory;
  sources: { id: string; name: string; kind: SourceKind; siteId: string; assetId: string | null }[];
  categories: { assetId: string; category: string; count: number; last: string }[];
  activity: { sourceId: string; count: number; last: string; medianSkewMs: number | null }[];
  alerts: ReportModel['alerts'];
  suppressed: number;
}

/** Says what was seen and, first, what was not. Nothing counts as good that was not seen. */
export function buildReport(facts: ReportFacts): ReportModel {
  const sources = sourcesOf(facts);
  const sites = sitesOf(facts);
  const assets = sites.flatMap((site) => site.zones.flatMap((zone) => zone.assets));
  const complete = assets.filter((asset) => asset.verdict === 'met').length;
  const silent = assets.filter((asset) => asset.silent).length;
  const totals = {
    assets: assets.length,
    complete,
    partial: assets.length - complete - silent,
    silent,
    sources: sources.length,
    silentSources: sources.filter((source) => source.count === 0).length,
  };
  const gaps = gapsOf(sites, sources);
  const parts = [...gaps, ...assets, ...sources, ...sources.map((source) => source.clock)];
  const verdict = overall(parts.map((part) => part.verdict));
  return {
    id: facts.id,
    kind: 'security_logging',
    tenant: { id: facts.tenant.id, name: facts.tenant.name },
    period: { from: facts.period.from.toISOString(), to: facts.period.to.toISOString(), timeZone: facts.timeZone },
    generatedAt: facts.generatedAt.toISOString(),
    verdict,
    statement: statementOf(totals, verdict),
    gaps,
    totals,
    sites,
    sources,
    alerts: facts.alerts,
    suppressed: facts.suppressed,
  };
}

function sourcesOf({ sources, activity, inventory }: ReportFacts): SourceReport[] {
  const heard = new Map(activity.map((row) => [row.sourceId, row]));
  const siteNames = new Map(inventory.sites.map((site) => [site.id, site.name]));
  const reports = sources.map(({ id, name, kind, siteId }): SourceReport => {
    const row = heard.get(id);
    const clock = judgeClock(row?.medianSkewMs ?? null);
    const site = siteNames.get(siteId) ?? '';
    return {
      id,
      name,
      kind,
      site,
      count: row?.count ?? 0,
      last: row?.last ?? null,
      verdict: row ? 'met' : 'no_evidence',
      clock,
    };
  });
  return reports.toSorted((a, b) => byName({ name: a.site }, { name: b.site }) || byName(a, b));
}

function sitesOf(facts: ReportFacts): SiteReport[] {
  const { sites, zones, assets } = facts.inventory;
  const reports = new Map(reportsOf(facts).map((report) => [report.id, report]));
  const inZone = Map.groupBy(assets, (asset) => asset.zoneId);
  const assetsIn = (zoneId: string | null): AssetReport[] =>
    (inZone.get(zoneId) ?? []).flatMap(({ id }) => reports.get(id) ?? []).toSorted(byName);
  const placed = sites.toSorted(byName).map(({ id, name }): SiteReport => {
    const own = zones.filter((zone) => zone.siteId === id).toSorted(byName);
    return {
      id,
      name,
      zones: own.map(({ id: zoneId, name: zoneName, slTarget }): ZoneReport => ({
        id: zoneId,
        name: zoneName,
        slTarget: SECURITY_LEVELS.find((level) => level === slTarget) ?? null,
        assets: assetsIn(zoneId),
      })),
    };
  });
  const homeless = assetsIn(null);
  if (homeless.length === 0) return placed;
  return [
    ...placed,
    {
      id: null,
      name: 'Assets without a zone',
      zones: [{ id: null, name: 'No zone', slTarget: null, assets: homeless }],
    },
  ];
}

function reportsOf({ inventory, categories, activity, sources }: ReportFacts): AssetReport[] {
  const counted = Map.groupBy(categories, (row) => row.assetId);
  const heard = new Map(activity.map((row) => [row.sourceId, row]));
  const own = Map.groupBy(sources, (source) => source.assetId);
  return inventory.assets.map(({ id, name, role, componentType, criticality }) => {
    const seen = (counted.get(id) ?? []).flatMap(({ category, count, last }) =>
      isAuditCategory(category) ? [{ category, count, last }] : [],
    );
    const notSeen = AUDIT_CATEGORIES.filter((category) => !seen.some((row) => row.category === category));
    const ownActivity = (own.get(id) ?? []).flatMap((source) => heard.get(source.id) ?? []);
    const clock = own.has(id) ? worstClock(ownActivity.map((row) => row.medianSkewMs)) : null;
    const silent = seen.length === 0 && ownActivity.length === 0;
    return {
      id,
      name,
      role,
      componentType,
      criticality,
      verdict: notSeen.length ? 'no_evidence' : 'met',
      seen,
      notSeen,
      silent,
      clock,
    };
  });
}

function worstClock(skews: (number | null)[]): ClockReport {
  const known = skews.filter((skew) => skew !== null);
  return judgeClock(
    known.length ? known.reduce((worst, skew) => (Math.abs(skew) > Math.abs(worst) ? skew : worst)) : null,
  );
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}
