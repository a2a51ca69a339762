import { describe, expect, it } from 'vitest';
import { AUDIT_CATEGORIES } from '#iec62443/auditable-events.js';
import { buildReport, type ReportFacts } from './report-model.js';
import { reportModel, type AssetReport, type ReportModel } from './report.schema.js';

const LAST = '2026-05-01T10:00:00.000Z';
const uuid = (number: number): string => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const [TENANT, SITE, CELL, PLC, HMI, SOURCE] = [1, 2, 3, 4, 5, 6].map(uuid) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const everything = (assetId: string): ReportFacts['categories'] =>
  AUDIT_CATEGORIES.map((category) => ({ assetId, category, count: 2, last: LAST }));
const anAsset = (
  id: string,
  name: string,
  zoneId: string | null = CELL,
): ReportFacts['inventory']['assets'][number] => {
  return { id, name, zoneId, role: 'plc', componentType: 'embedded_device', criticality: 3 };
};
const heard = { sourceId: SOURCE, count: 12, last: LAST, medianSkewMs: 40 };

/** One site, one zone, one PLC that is a source of its own: all of it good. */
function facts(fields: Partial<ReportFacts> = {}): ReportFacts {
  return {
    id: uuid(9),
    tenant: { id: TENANT, name: 'Waterworks' },
    timeZone: 'Europe/Prague',
    period: { from: new Date('2026-04-30T22:00:00Z'), to: new Date('2026-05-01T22:00:00Z') },
    generatedAt: new Date('2026-05-01T22:00:03Z'),
    inventory: {
      sites: [{ id: SITE, name: 'North' }],
      zones: [{ id: CELL, siteId: SITE, name: 'Cell', slTarget: 2 }],
      assets: [anAsset(PLC, 'PLC-7')],
    },
    sources: [{ id: SOURCE, name: 'PLC-7 syslog', kind: 'syslog-udp', siteId: SITE, assetId: PLC }],
    categories: everything(PLC),
    activity: [heard],
    alerts: { bySeverity: {}, acknowledgeSeconds: { median: null, p95: null }, open: 0 },
    suppressed: 0,
    ...fields,
  };
}

const assetsOf = (report: ReportModel): AssetReport[] =>
  report.sites.flatMap((site) => site.zones.flatMap((zone) => zone.assets));
const withAssets = (...assets: ReportFacts['inventory']['assets']): ReportFacts['inventory'] => ({
  ...facts().inventory,
  assets,
});

describe('a report', () => {
  it('is good when every category of every asset was seen, every source heard and every clock right', () => {
    const report = buildReport(facts());
    expect(report).toMatchObject({ verdict: 'met', gaps: [], totals: { assets: 1, complete: 1, silent: 0 } });
    expect(report.sites[0]?.zones[0]).toMatchObject({ name: 'Cell', slTarget: 2 });
    expect(report.period.timeZone).toBe('Europe/Prague');
  });

  it('is what its schema says', () => {
    expect(reportModel.parse(buildReport(facts()))).toEqual(buildReport(facts()));
  });

  it('knows nothing of a plant without assets or sources', () => {
    const report = buildReport(
      facts({ inventory: { sites: [], zones: [], assets: [] }, sources: [], categories: [], activity: [] }),
    );
    expect(report.verdict).toBe('no_evidence');
    expect(report.statement).toContain('nothing can be said');
  });

  it.each(AUDIT_CATEGORIES)('is not good when %s was not seen', (category) => {
    const report = buildReport(facts({ categories: everything(PLC).filter((row) => row.category !== category) }));
    expect(report.verdict).toBe('no_evidence');
    expect(assetsOf(report)[0]).toMatchObject({ verdict: 'no_evidence', silent: false, notSeen: [category] });
    expect(report.totals).toMatchObject({ complete: 0, partial: 1, silent: 0 });
    expect(report.gaps.map((gap) => gap.verdict)).toEqual(['no_evidence']);
  });

  it('does not take a category that it does not know for one that was seen', () => {
    const categories = [{ assetId: PLC, category: 'constructor', count: 1, last: LAST }];
    expect(assetsOf(buildReport(facts({ categories })))[0]?.notSeen).toHaveLength(6);
  });

  it('tells a silent asset from one that sends what belongs to no category', () => {
    const inventory = withAssets(anAsset(PLC, 'PLC-7'), anAsset(HMI, 'HMI-1'));
    const report = buildReport(facts({ inventory, categories: [] }));
    expect(assetsOf(report).map(({ name, silent, notSeen }) => [name, silent, notSeen.length])).toEqual([
      ['HMI-1', true, 6],
      ['PLC-7', false, 6],
    ]);
    expect(report.gaps[0]).toMatchObject({
      text: 'Nothing auditable was seen of 1 asset.',
      items: ['HMI-1 (North, Cell)'],
    });
  });

  it('keeps an asset that stands in no zone', () => {
    const report = buildReport(facts({ inventory: withAssets(anAsset(PLC, 'PLC-7', null)) }));
    expect(report.sites.map((site) => site.name)).toEqual(['North', 'Assets without a zone']);
    expect(report.totals.assets).toBe(1);
    expect(report.gaps.at(-1)?.text).toBe('No asset is registered in 1 zone.');
  });

  it('names the sources that nothing arrived from', () => {
    const report = buildReport(facts({ activity: [] }));
    expect(report.sources[0]).toMatchObject({
      count: 0,
      last: null,
      verdict: 'no_evidence',
      clock: { state: 'unknown' },
    });
    expect(report.verdict).toBe('no_evidence');
    expect(report.gaps[0]).toMatchObject({
      text: 'Nothing arrived from 1 log source.',
      items: ['PLC-7 syslog (North)'],
    });
  });
});

describe('a clock', () => {
  const clockAt = (medianSkewMs: number | null): ReportModel =>
    buildReport(facts({ activity: [{ ...heard, medianSkewMs }] }));

  it.each([
    [null, 'unknown', 'no_evidence'],
    [0, 'within', 'met'],
    [60_000, 'within', 'met'],
    [-60_001, 'off', 'not_met'],
    [300_000, 'off', 'not_met'],
    [300_001, 'implausible', 'not_met'],
    [-86_400_000, 'off', 'not_met'],
    [-86_400_001, 'implausible', 'not_met'],
  ] as const)('%s ms from arrival is %s', (skew, state, verdict) => {
    const report = clockAt(skew);
    expect(report.sources[0]?.clock).toEqual({ medianSkewMs: skew, state, verdict });
    expect(assetsOf(report)[0]?.clock).toEqual({ medianSkewMs: skew, state, verdict });
    expect(report.verdict).toBe(verdict);
  });

  it('that is off comes before everything that was not seen', () => {
    const inventory = withAssets(anAsset(PLC, 'PLC-7'), anAsset(HMI, 'HMI-1'));
    const report = buildReport(facts({ inventory, activity: [{ ...heard, medianSkewMs: 400_000 }] }));
    expect(report.gaps.map((gap) => gap.verdict)).toEqual(['not_met', 'no_evidence']);
    expect(report.verdict).toBe('not_met');
  });

  it('is not told for an asset that another device relays for', () => {
    const inventory = withAssets(anAsset(HMI, 'HMI-1'));
    expect(assetsOf(buildReport(facts({ inventory })))[0]?.clock).toBeNull();
  });
});
