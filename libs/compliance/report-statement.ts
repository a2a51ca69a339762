import { CATEGORY_TEXTS } from '#iec62443/auditable-events.js';
import type { Verdict } from '#iec62443/verdict.js';
import { SKEW } from './clock-skew.js';
import type { AssetReport, Gap, ReportModel, SiteReport, SourceReport } from './report.schema.js';

/** For a reader who reads one paragraph only. */
export function statementOf(
  { assets, complete, sources, silentSources }: ReportModel['totals'],
  verdict: Verdict,
): string {
  if (assets === 0) return 'No asset is registered for this period, so nothing can be said about it.';
  const recorded = `${complete} of ${many(assets, 'asset')} ${complete === 1 ? 'was' : 'were'} seen to record all six categories of auditable events`;
  const heard = `${sources - silentSources} of ${many(sources, 'log source')} sent something`;
  const seen = `${recorded}; ${heard}.`;
  if (verdict === 'met') return `${seen} Every clock was within ${SKEW.budget / 1000} seconds.`;
  if (verdict === 'not_met') return `Something that was seen contradicts the requirement. ${seen}`;
  return `Not everything was seen, so the whole cannot be confirmed. ${seen}`;
}

/** What contradicts, then what was not seen. */
export function gapsOf(sites: readonly SiteReport[], sources: readonly SourceReport[]): Gap[] {
  const zones = sites.flatMap((site) => site.zones.map((zone) => ({ ...zone, place: `${site.name}, ${zone.name}` })));
  const assets = zones.flatMap(({ place, assets: found }) =>
    found.map((asset) => ({ ...asset, where: `${asset.name} (${place})` })),
  );
  const heard = sources.filter((source) => source.count > 0);
  const gap = (verdict: Verdict, noun: string, items: string[], text: (count: string) => string): Gap[] =>
    items.length > 0 ? [{ verdict, text: text(many(items.length, noun)), items }] : [];
  return [
    ...gap(
      'not_met',
      'log source',
      heard.filter(({ clock }) => clock.verdict === 'not_met').map(named),
      (n) => `The clock of ${n} is off: times of these events cannot be relied on.`,
    ),
    ...gap(
      'no_evidence',
      'asset',
      assets.filter(({ silent }) => silent).map(({ where }) => where),
      (n) => `Nothing auditable was seen of ${n}.`,
    ),
    ...gap(
      'no_evidence',
      'log source',
      sources.filter(({ count }) => count === 0).map(named),
      (n) => `Nothing arrived from ${n}.`,
    ),
    ...gap(
      'no_evidence',
      'asset',
      assets.filter(isPartial).map((asset) => `${asset.where}: ${titles(asset)}`),
      (n) => `Some categories of events were not seen of ${n}.`,
    ),
    ...gap(
      'no_evidence',
      'log source',
      heard.filter(({ clock }) => clock.state === 'unknown').map(named),
      (n) => `The clock of ${n} could not be judged.`,
    ),
    ...gap(
      'no_evidence',
      'zone',
      zones.filter((zone) => zone.assets.length === 0).map(({ place }) => place),
      (n) => `No asset is registered in ${n}.`,
    ),
  ];
}

function isPartial({ silent, notSeen }: AssetReport): boolean {
  return !silent && notSeen.length > 0;
}

function titles({ notSeen }: AssetReport): string {
  return notSeen.map((category) => CATEGORY_TEXTS[category].title.toLowerCase()).join(', ');
}

function named({ name, site }: SourceReport): string {
  return `${name} (${site})`;
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
