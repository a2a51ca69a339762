import { z } from 'zod';
import { eventDocument } from '#events/event.schema.js';
import { pageQuery } from '#platform/cursor.js';
import { storable } from './finding.js';
import { HISTORY_KINDS } from './history.js';
import { SEVERITIES } from './severity.js';
import { STATUSES, VERDICTS } from './triage.js';

const time = z.iso.datetime();
const person = z.object({ id: z.uuid(), name: z.string() });
const text = z.string().overwrite(storable).trim().min(1);

/** One value, or the parameter several times. */
function several<T extends z.ZodType>(item: T) {
  return z
    .union([item, z.array(item).max(50)])
    .transform((value) => [value].flat() as z.output<T>[])
    .optional();
}

export const alertId = z.string().regex(/^[0-9a-f]{32}$/, 'is not an alert id');

export const alertQuery = pageQuery.extend({
  tenant: z.uuid().optional(),
  status: several(z.enum(STATUSES)),
  severity: several(z.enum(SEVERITIES)),
  rule: z.string().max(200).optional(),
  asset: z.uuid().optional(),
  assignee: z
    .union([z.uuid(), z.enum(['me', 'nobody'])])
    .optional()
    .describe("A person's id, `me` or `nobody`."),
  q: z.string().overwrite(storable).trim().max(200).optional().describe("Text in the rule's title or the summary."),
  sort: z.enum(['newest', 'risk']).default('newest'),
});
export type AlertQuery = z.output<typeof alertQuery>;

export const streamQuery = z.object({ tenant: z.uuid().optional() });

export const alertPosition = z.object({ id: alertId, raisedAt: z.coerce.date(), riskScore: z.int() });
export type AlertPosition = z.output<typeof alertPosition>;

export const alertView = z.object({
  id: alertId,
  rule: z.object({ id: z.string(), title: z.string() }),
  tenant: z.object({ id: z.uuid(), name: z.string() }),
  severity: z.enum(SEVERITIES),
  riskScore: z.int().describe('0 to 100: level of the rule, weighted by the most critical asset.'),
  status: z.enum(STATUSES),
  verdict: z.enum(VERDICTS).nullable(),
  summary: z.string(),
  group: z.record(z.string(), z.string()),
  techniques: z.array(z.string()).describe('MITRE ATT&CK for ICS'),
  assets: z.array(z.object({ id: z.uuid(), name: z.string() })),
  count: z.int(),
  firstEventAt: time,
  lastEventAt: time,
  raisedAt: time,
  acknowledgedAt: time.nullable().describe('First time; a reopening does not undo it.'),
  closedAt: time.nullable(),
  assignee: person.nullable(),
  claim: z.object({ by: person, expiresAt: time }).nullable(),
  revision: z.int().describe('Send it back with a change: 412 when somebody was faster.'),
});
export type AlertView = z.output<typeof alertView>;

export const alertPage = z.object({ items: z.array(alertView), next: z.string().nullable() });
export type AlertPage = z.output<typeof alertPage>;

const historyView = z.object({
  id: z.uuid(),
  at: time,
  actor: z.object({ kind: z.enum(['person', 'system']), id: z.string(), name: z.string() }),
  kind: z.enum(HISTORY_KINDS),
  from: z.string().nullable(),
  to: z.string().nullable(),
  text: z.string().nullable(),
});

const stepView = z.object({
  step: z.int(),
  label: z.string(),
  dueAt: time,
  state: z.enum(['pending', 'done', 'cancelled']),
  policy: z.object({ id: z.uuid(), name: z.string() }),
});

export const alertDetail = alertView.extend({
  rule: alertView.shape.rule.extend({ description: z.string() }),
  evidence: z.object({ count: z.int(), firstEventAt: time, lastEventAt: time }),
  escalation: z.array(stepView),
  history: z.array(historyView).describe('Oldest first, the newest 500.'),
});
export type AlertDetail = z.output<typeof alertDetail>;

export const evidenceQuery = pageQuery;
export type EvidenceQuery = z.output<typeof evidenceQuery>;

export const evidencePosition = z.object({ time: z.coerce.date(), id: z.string() });

export const evidencePage = z.object({
  items: z.array(eventDocument).describe('By device time.'),
  missing: z.array(z.string()).describe('Ids of events that are no longer kept.'),
  next: z.string().nullable(),
});

const revision = z
  .int()
  .min(1)
  .optional()
  .describe('The revision that the change was made on; or the header If-Match.');

export const plainChange = z.object({ revision }).prefault({});
export const claimChange = z
  .object({ revision, steal: z.boolean().default(false), reason: text.max(500).optional() })
  .prefault({});
export type ClaimChange = z.output<typeof claimChange>;
export const assignChange = z.object({ revision, person: z.uuid().nullable() });
export type AssignChange = z.output<typeof assignChange>;
export const commentChange = z.object({ revision, text: text.max(10_000) });
export type CommentChange = z.output<typeof commentChange>;
export const closeChange = z.object({ revision, verdict: z.enum(VERDICTS), note: text.max(10_000).optional() });
export type CloseChange = z.output<typeof closeChange>;
