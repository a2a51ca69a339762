import { z } from 'zod';
import { ASSET_ROLES, COMPONENT_TYPES } from '#customers/asset-index.js';
import { SOURCE_KINDS } from '#customers/source-endpoint.js';
import { instant, moment } from '#customers/time.js';
import { AUDIT_CATEGORIES } from '#iec62443/auditable-events.js';
import { SECURITY_LEVELS } from '#iec62443/security-level.js';
import { VERDICTS } from '#iec62443/verdict.js';
import { CLOCK_STATES } from './clock-skew.js';

const verdict = z.enum(VERDICTS).describe('no_evidence is neither good nor bad: nothing was seen that could tell.');
const id = z.uuid();
const name = z.string();

const clock = z.object({
  medianSkewMs: z.number().nullable().describe('Device time minus arrival time; positive: the device is ahead.'),
  state: z.enum(CLOCK_STATES),
  verdict,
});

const assetReport = z.object({
  id,
  name,
  role: z.enum(ASSET_ROLES),
  componentType: z.enum(COMPONENT_TYPES),
  criticality: z.int(),
  verdict,
  seen: z.array(z.object({ category: z.enum(AUDIT_CATEGORIES), count: z.int(), last: instant })),
  notSeen: z.array(z.enum(AUDIT_CATEGORIES)),
  silent: z.boolean().describe('Not one auditable event in the period, and nothing from a source of its own.'),
  clock: clock.nullable().describe('Null: the asset has no source of its own, so its clock cannot be told apart.'),
});

const zoneReport = z.object({
  id: id.nullable(),
  name,
  slTarget: z.literal(SECURITY_LEVELS).nullable(),
  assets: z.array(assetReport),
});
const siteReport = z.object({ id: id.nullable(), name, zones: z.array(zoneReport) });

const sourceReport = z.object({
  id,
  name,
  kind: z.enum(SOURCE_KINDS),
  site: name,
  count: z.int(),
  last: instant.nullable(),
  verdict,
  clock,
});

const gap = z.object({ verdict, text: z.string(), items: z.array(z.string()) });

export const reportModel = z.object({
  id,
  kind: z.literal('security_logging'),
  tenant: z.object({ id, name }),
  period: z.object({ from: instant, to: instant, timeZone: z.string() }),
  generatedAt: instant,
  verdict,
  statement: z.string(),
  gaps: z.array(gap).describe('What contradicts or was not seen; the worst first.'),
  totals: z.object({
    assets: z.int(),
    complete: z.int(),
    partial: z.int(),
    silent: z.int(),
    sources: z.int(),
    silentSources: z.int(),
  }),
  sites: z.array(siteReport),
  sources: z.array(sourceReport),
  alerts: z.object({
    bySeverity: z.record(z.string(), z.int()),
    acknowledgeSeconds: z.object({ median: z.number().nullable(), p95: z.number().nullable() }),
    open: z.int().describe('Raised before the end of the period and not closed by then.'),
  }),
  suppressed: z.int().describe('Matches that a maintenance window or an approved ticket explains.'),
});

export type ReportModel = z.output<typeof reportModel>;
export type AssetReport = z.output<typeof assetReport>;
export type ZoneReport = z.output<typeof zoneReport>;
export type SiteReport = z.output<typeof siteReport>;
export type SourceReport = z.output<typeof sourceReport>;
export type ClockReport = z.output<typeof clock>;
export type Gap = z.output<typeof gap>;

export const reportSummary = z.object({
  id,
  tenantId: id,
  kind: z.literal('security_logging'),
  scheduleId: id.nullable(),
  periodFrom: instant,
  periodTo: instant,
  verdict,
  statement: z.string(),
  createdAt: instant,
});

/** The last 24 hours unless told. */
export const newReport = z.strictObject({ tenant: id.optional(), from: moment.optional(), to: moment.optional() });
export type NewReport = z.output<typeof newReport>;
