import { createHash } from 'node:crypto';
import { storable } from '#alerts/finding.js';
import type { EcsEvent } from '#ecs/event.js';
import { instantOfIso } from '#ecs/timestamps.js';
import { fieldNumber, groupKey, type InnerRead } from '#engine/correlation.js';
import type { CompiledRule, Ruleset } from '#engine/ruleset.js';
import { isNumeric } from '#sigma/correlation-checks.js';
import type { CompiledCorrelation } from '#sigma/link.js';
import type { RuleMatch } from './rule-match.js';

const SUMMARY_LENGTH = 300;
const PART_LENGTH = 300;
const SEQUENCE_DIGITS = 16;
const NOTHING: RuleMatch[] = [];

/** One decision that a rule's matches feed: its own alert or a correlation. */
interface Feed {
  ruleId: string;
  /** Names of the group's values, and the event's fields that hold them. */
  names: readonly string[];
  fields: readonly string[];
  /** An event that lacks a field of the group belongs to no group. */
  whole: boolean;
  value: ValueRead;
  inner: readonly InnerFeed[];
  assetField: string;
}

/** The fields whose values make one value of the event; their number where a correlation calculates. */
interface ValueRead {
  fields: readonly string[];
  numeric: boolean;
}

/** What a chained correlation reads; `fields` are its group's, null where it groups as the outermost does. */
interface InnerFeed {
  id: string;
  fields: readonly string[] | null;
  value: ValueRead;
}

const NO_VALUE: ValueRead = { fields: [], numeric: false };

/** The stateless part of every rule: one event in, what it means for whom out. The same live, replayed and in tests. */
export class Matching {
  private readonly feeds: ReadonlyMap<string, readonly Feed[]>;

  constructor(private readonly ruleset: Ruleset) {
    this.feeds = new Map([...ruleset.rules.values()].map((rule) => [rule.id, feedsOf(rule)]));
  }

  match(event: EcsEvent): RuleMatch[] {
    const matched = this.ruleset.match(event);
    if (matched.length === 0) return NOTHING;
    return matched.flatMap(({ id }) => (this.feeds.get(id) ?? []).flatMap((feed) => matchOf(feed, id, event) ?? []));
  }
}

function feedsOf({ rule, alerts, correlations }: CompiledRule): Feed[] {
  const { groupBy, asset: assetField } = rule.settings;
  const own = {
    ruleId: rule.id,
    names: groupBy,
    fields: groupBy,
    whole: false,
    value: NO_VALUE,
    inner: [],
    assetField,
  };
  const joint = correlations
    .filter((correlation) => correlation.alerts)
    .map((correlation) => ({
      ruleId: correlation.id,
      names: correlation.document.groupBy,
      fields: correlation.groupFields.get(rule.id) ?? [],
      whole: true,
      value: valueReadOf(correlation, rule.id),
      inner: innerFeeds(correlation, rule.id),
      assetField,
    }));
  return alerts ? [own, ...joint] : joint;
}

function valueReadOf({ document, valueFields }: CompiledCorrelation, ruleId: string): ValueRead {
  return { fields: valueFields.get(ruleId) ?? [], numeric: isNumeric(document) };
}

/** What the correlations inside this one read of the rule's matches, at any depth; those that read nothing are left out. */
function innerFeeds(outermost: CompiledCorrelation, ruleId: string): InnerFeed[] {
  const outerFields = outermost.groupFields.get(ruleId) ?? [];
  const chained = ({ steps }: CompiledCorrelation): CompiledCorrelation[] =>
    steps.flatMap((step) => (typeof step === 'string' ? [] : [step, ...chained(step)]));
  return chained(outermost).flatMap((correlation) => {
    const fields = correlation.groupFields.get(ruleId);
    const finer = fields?.some((field) => !outerFields.includes(field));
    const value = valueReadOf(correlation, ruleId);
    if (!finer && value.fields.length === 0) return [];
    return [{ id: correlation.id, fields: finer ? fields! : null, value }];
  });
}

function matchOf(feed: Feed, baseId: string, event: EcsEvent): RuleMatch | undefined {
  const parts = feed.fields.map((field) => textOf(event, field));
  if (feed.whole && parts.includes(null)) return undefined;
  const eventId = event.event.id;
  if (!eventId) throw new Error('An event without an id was matched.');
  return {
    ruleId: feed.ruleId,
    baseId,
    // A sender may choose the id, so it may hold what PostgreSQL refuses.
    eventId: storable(eventId),
    time: instantOfIso(event['@timestamp']),
    order: orderOf(event, eventId),
    group: Object.fromEntries(feed.names.flatMap((name, at) => (parts[at] == null ? [] : [[name, parts[at]]]))),
    groupKey: JSON.stringify(parts),
    value: valueOf(event, feed.value),
    ...innerOf(event, feed.inner),
    weight: Math.max(1, event.plantwatch?.repeated ?? 1),
    assetId: textOf(event, feed.assetField),
    summary: event.message.slice(0, SUMMARY_LENGTH),
  };
}

/** The field's values as one text; null when the event has none. */
function textOf(event: EcsEvent, field: string): string | null {
  const key = groupKey(event, [field]);
  return key === null ? null : short((JSON.parse(key) as [string])[0]);
}

function valueOf(event: EcsEvent, { fields, numeric }: ValueRead): string | number | null {
  if (numeric) return fieldNumber(event, fields[0] ?? '');
  return fields.length > 0 ? keyOf(event, fields) : null;
}

function innerOf(event: EcsEvent, feeds: readonly InnerFeed[]): { inner?: Record<string, InnerRead> } {
  if (feeds.length === 0) return {};
  const reads = feeds.map(({ id, fields, value: read }): [string, InnerRead] => {
    const value = valueOf(event, read);
    return [id, { ...(fields ? { key: keyOf(event, fields) } : {}), ...(value === null ? {} : { value }) }];
  });
  return { inner: Object.fromEntries(reads) };
}

function keyOf(event: EcsEvent, fields: readonly string[]): string | null {
  const key = groupKey(event, fields);
  return key === null ? null : short(key);
}

/** Long texts would make jobs large: their beginning and a digest tell them apart as well. */
function short(text: string): string {
  if (text.length <= PART_LENGTH) return text;
  return `${text.slice(0, PART_LENGTH)}… ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** A sender may name its events itself, so ids need not sort; the collector's sequence does. */
function orderOf({ plantwatch }: EcsEvent, eventId: string): string {
  if (plantwatch?.sequence === undefined) return eventId;
  return `${plantwatch.collector ?? ''}.${String(plantwatch.sequence).padStart(SEQUENCE_DIGITS, '0')}`;
}
