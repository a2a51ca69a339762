import type { CompiledCorrelation } from '#sigma/link.js';
import { judge, type Occurrence, type Window } from './correlation-occurrences.js';
import { readField } from './read-field.js';
import { byTime, chain, type Span, type Timed } from './window.js';

/**
 * An event that matched a base rule. `order` is the arrival order and sorts; `value` is what a value type reads, a number
 * where it calculates; `weight` is how many equal events it stands for ("message repeated 5 times"), one if not said.
 */
export type Member = Timed & {
  id: string;
  rule: string;
  value?: string | number;
  weight?: number;
  /** What chained correlations read of it, by their ids. */
  inner?: Readonly<Record<string, InnerRead>>;
};

/** `key` is the group, where a chained correlation groups more finely than the outermost; null when the event has none. */
export type InnerRead = { key?: string | null; value?: string | number };

/**
 * One episode: the members of qualifying windows that overlap. `first` begins the earliest of these windows and stays the
 * same however many members follow in order; `at` is the time of the member that first fulfilled the condition.
 */
export type Finding = { first: Member; last: Member; members: Member[]; at: number };

/** Ids of the rules whose matches the correlation needs, chained ones included. */
export function baseRules(correlation: CompiledCorrelation): string[] {
  const rules = correlation.steps.flatMap((step) => (typeof step === 'string' ? step : baseRules(step)));
  return [...new Set(rules)];
}

/** How far back, in ms, a member can be joined with a new one: the sum of the chained time spans. */
export function range(correlation: CompiledCorrelation): number {
  const inner = correlation.steps.map((step) => (typeof step === 'string' ? 0 : range(step)));
  return correlation.document.timespan + Math.max(0, ...inner);
}

/** Adds the events behind the occurrences of a span; `done` remembers, for each chained list, how far it was added. */
function collect({ sorted, span }: Window, into: Set<Member>, done: Map<Occurrence[], number>): void {
  for (let at = Math.max(span.from, done.get(sorted) ?? 0); at <= span.to; at++) {
    const { window, event } = sorted[at]!;
    if (window) collect(window, into, done);
    else into.add(event);
  }
  done.set(sorted, Math.max(span.to + 1, done.get(sorted) ?? 0));
}

function eventsOf(sorted: Occurrence[], spans: readonly Span[]): Member[] {
  const events = new Set<Member>();
  const done = new Map<Occurrence[], number>();
  for (const span of spans) collect({ sorted, span }, events, done);
  return [...events].sort(byTime);
}

/**
 * The episodes among all members of one group key, in any order. Members of rules that the correlation does not name are
 * left out. Given only members within {@link range} of a new one, an episode may begin later than it truly did: one that
 * {@link overlaps} an episode found earlier is that episode, and keeps its `first`.
 *
 * A negated rule (`a and not b`) must be absent from every time frame that holds the evidence, so `a and not b` finds each
 * `a` that has no `b` within the time span before or after it; `temporal_ordered` looks only where `b` stands in the order.
 * @param knownUntil event time in ms up to which nothing is still to come. Absence that reaches beyond it is not yet found;
 * a member that comes later all the same can take a finding away, and who has acted on it must ask again.
 */
export function evaluate(
  correlation: CompiledCorrelation,
  members: readonly Member[],
  knownUntil: number = Infinity,
): Finding[] {
  const { sorted, spans } = judge({ correlation, outermost: true, knownUntil }, members);
  return chain(spans).map((run) => {
    const found = eventsOf(sorted, run);
    const first = eventsOf(sorted, run.slice(0, 1))[0]!;
    return { first, last: found.at(-1)!, members: found, at: sorted[run[0]!.to]!.time };
  });
}

type Stretch = { first: Timed; last: Timed };

/** Whether two findings of one correlation and group share time, and so are one episode. */
export const overlaps = (a: Stretch, b: Stretch): boolean =>
  byTime(a.first, b.last) <= 0 && byTime(b.first, a.last) <= 0;

const scalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function keyPart(event: object, field: string): string | null {
  const value = readField(event, field);
  if (scalar(value)) return String(value);
  if (!Array.isArray(value)) return null;
  const parts = value.filter(scalar).map(String).sort();
  return parts.length > 0 ? parts.join(',') : null;
}

/** The values of the fields as one key (JSON); null when the event lacks one of them. */
export function groupKey(event: object, fields: readonly string[]): string | null {
  const parts = fields.map((field) => keyPart(event, field));
  return parts.includes(null) ? null : JSON.stringify(parts);
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The field as the number it is or is written as; null when the event has none there, or several. */
export function fieldNumber(event: object, field: string): number | null {
  const value = readField(event, field);
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const number = typeof one === 'string' && decimal.test(one.trim()) ? Number(one) : one;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
