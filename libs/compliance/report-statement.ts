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
  return [...clockGaps(sources), ...assetGaps(sites), ...sourceGaps(sources), ...registerGaps(sites, sources)];
}

function clockGaps(sources: readonly SourceReport[]): Gap[] {
  const off = sources.filter(({ clock }) => clock.verdict === 'not_met').map(named);
  const text = (sum: string): string => `The clock of ${sum} is off: times of these events cannot be relied on.`;
  return gap({ verdict: 'not_met', noun: 'log source', items: off, text });
}

function assetGaps(sites: readonly SiteReport[]): Gap[] {
  const assets = sites.flatMap((site) =>
    site.zones.flatMap((zone) =>
      zone.assets.map((asset) => ({ ...asset, where: `${asset.name} (${site.name}, ${zone.name})` })),
    ),
  );
  const silent = assets.filter((asset) => asset.silent).map(({ where }) => where);
  const partial = assets.filter(isPartial).map((asset) => `${asset.where}: ${titles(asset)}`);
  return [
    ...gap({ noun: 'asset', items: silent, text: (sum) => `Nothing auditable was seen of ${sum}.` }),
    ...gap({ noun: 'asset', items: partial, text: (sum) => `Some categories of events were not seen of ${sum}.` }),
  ];
}

function sourceGaps(sources: readonly SourceReport[]): Gap[] {
  const quiet = sources.filter(({ count }) => count === 0).map(named);
  const untold = sources.filter(({ count, clock }) => count > 0 && clock.state === 'unknown').map(named);
  return [
    ...gap({ noun: 'log source', items: quiet, text: (sum) => `Nothing arrived from ${sum}.` }),
    ...gap({ noun: 'log source', items: untold, text: (sum) => `The clock of ${sum} could not be judged.` }),
  ];
}

/** Of what nobody registered, nothing is known. */
function registerGaps(sites: readonly SiteReport[], sources: readonly SourceReport[]): Gap[] {
  const zones = sites.flatMap((site) => site.zones.map((zone) => ({ ...zone, place: `${zone.name} (${site.name})` })));
  const bare = sites.filter((site) => site.zones.length === 0).map((site) => site.name);
  const empty = zones.filter((zone) => zone.assets.length === 0).map(({ place }) => place);
  return [
    ...(zones.every((zone) => zone.assets.length === 0) ? [nothing('No asset is registered.')] : []),
    ...(sources.length === 0 ? [nothing('No log source is registered.')] : []),
    ...gap({ noun: 'site', items: bare, text: (sum) => `No zone is registered in ${sum}.` }),
    ...gap({ noun: 'zone', items: empty, text: (sum) => `No asset is registered in ${sum}.` }),
  ];
}

function nothing(text: string): Gap {
  return { verdict: 'no_evidence', text, items: [] };
}

interface GapOptions {
  verdict?: Verdict;
  noun: string;
  items: string[];
  text: (sum: string) => string;
}

function gap({ verdict = 'no_evidence', noun, items, text }: GapOptions): Gap[] {
  return items.length > 0 ? [{ verdict, text: text(many(items.length, noun)), items }] : [];
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
