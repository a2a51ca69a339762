import { createHash } from 'node:crypto';
import type { AlertFinding } from './finding.js';

/** 32 hexadecimal digits. JSON keeps the parts apart, whatever they contain. */
function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** The same finding has the same alert id, on whichever machine and however often it is decided. */
export function alertId(tenantId: string, { rule, groupKey, events }: AlertFinding): string {
  return digest([tenantId, rule.id, groupKey, firstOf(events).id]);
}

/** All alerts of one rule and one group: each joins what comes close after it. */
export function seriesId(tenantId: string, { rule, groupKey }: AlertFinding): string {
  return digest([tenantId, rule.id, groupKey]);
}

export interface Span {
  first: Date;
  last: Date;
}

export function spanOf({ events }: AlertFinding): Span {
  const first = firstOf(events);
  return { first: new Date(first.time), last: new Date((events.at(-1) ?? first).time) };
}

/** An alert joins a finding when it reaches into this span: no quiet longer than the gap lies between them. */
export function joinSpan(finding: AlertFinding): Span {
  const { first, last } = spanOf(finding);
  return { first: new Date(first.getTime() - finding.joinGap), last: new Date(last.getTime() + finding.joinGap) };
}

export function unionSpan(one: Span, other: Span): Span {
  return {
    first: one.first < other.first ? one.first : other.first,
    last: one.last > other.last ? one.last : other.last,
  };
}

function firstOf(events: AlertFinding['events']): AlertFinding['events'][number] {
  const [first] = events;
  if (!first) throw new Error('A finding without an event.');
  return first;
}
