import type { CompiledCorrelation } from '#sigma/link.js';
import { readField } from './read-field.js';
import { countEvents, countRules, countValues, inOrder, type Counted } from './tally.js';
import { byTime, chain, qualifyingWindows, type Span, type Tally, type Timed } from './window.js';

/**
 * An event that matched a base rule. `order` is the arrival order and sorts; `value` is what `value_count` counts;
 * `weight` is how many equal events it stands for ("message repeated 5 times"), one if not said.
 */
export type Member = Timed & Counted & { id: string };

/**
 * One episode: the members of qualifying windows that overlap. `first` begins the earliest of these windows and stays the
 * same however many members follow in order; `at` is the time at which the condition was first fulfilled.
 */
export type Finding = { first: Member; last: Member; members: Member[]; at: number };

/** A step that happened: an event, or a correlation whose condition was fulfilled by `window` in `sorted`. */
type Occurrence = Timed & Counted & { source: Member | Inner };
type Inner = { sorted: Occurrence[]; window: Span };

const idOf = (step: string | CompiledCorrelation): string => (typeof step === 'string' ? step : step.id);

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

function tallyOf({ document, steps }: CompiledCorrelation): Tally<Occurrence> {
  const rules = steps.map(idOf);
  const { bounds } = document;
  switch (document.type) {
    case 'event_count':
      return countEvents(bounds);
    case 'value_count':
      return countValues(bounds);
    case 'temporal':
      return countRules(rules, bounds);
    case 'temporal_ordered':
      return inOrder(rules);
  }
}

/** The steps that happened, in order; of one event's steps the last in the rule comes first, so that it never follows itself. */
function occurrences(correlation: CompiledCorrelation, members: readonly Member[]): Occurrence[] {
  const rank = new Map(correlation.steps.map((step, index) => [idOf(step), index]));
  const found = correlation.steps.flatMap((step) => {
    if (typeof step !== 'string') return fulfilments(step, members);
    return members.filter((it) => it.rule === step).map((it): Occurrence => ({ ...it, source: it }));
  });
  return found.sort((a, b) => byTime(a, b) || rank.get(b.rule)! - rank.get(a.rule)!);
}

const windowsOf = (correlation: CompiledCorrelation, sorted: readonly Occurrence[]): Span[] =>
  qualifyingWindows(sorted, correlation.document.timespan, tallyOf(correlation));

/** The moments at which a chained correlation's condition is fulfilled: its first, and each member that keeps it so. */
function fulfilments(correlation: CompiledCorrelation, members: readonly Member[]): Occurrence[] {
  const sorted = occurrences(correlation, members);
  return windowsOf(correlation, sorted).map((window) => {
    const { time, order } = sorted[window.to]!;
    return { rule: correlation.id, time, order, source: { sorted, window } };
  });
}

/** Adds the events behind the occurrences of a span; `done` remembers, for each chained list, how far it was added. */
function collect(sorted: Occurrence[], span: Span, into: Set<Member>, done: Map<Occurrence[], number>): void {
  for (let at = Math.max(span.from, done.get(sorted) ?? 0); at <= span.to; at++) {
    const { source } = sorted[at]!;
    if ('window' in source) collect(source.sorted, source.window, into, done);
    else into.add(source);
  }
  done.set(sorted, Math.max(span.to + 1, done.get(sorted) ?? 0));
}

function eventsOf(sorted: Occurrence[], spans: Span[]): Member[] {
  const events = new Set<Member>();
  const done = new Map<Occurrence[], number>();
  for (const span of spans) collect(sorted, span, events, done);
  return [...events].sort(byTime);
}

/**
 * The episodes among all members of one group key, in any order. Members of rules that the correlation does not name are
 * left out. Given only members within {@link range} of a new one, an episode may begin later than it truly did: one that
 * {@link overlaps} an episode found earlier is that episode, and keeps its `first`.
 */
export function evaluate(correlation: CompiledCorrelation, members: readonly Member[]): Finding[] {
  const sorted = occurrences(correlation, members);
  return chain(windowsOf(correlation, sorted)).map((run) => {
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
