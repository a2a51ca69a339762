import type { CompiledCorrelation } from '#sigma/link.js';
import type { Member } from './correlation.js';
import { settlingTime } from './correlation-settling.js';
import { averageValues, percentileOfValues, shareOfValue, sumValues } from './tally-numbers.js';
import { countEvents, countInOrder, countSteps, countValues, everyStep } from './tally.js';
import { anyWay, inOrderOfRules, type RankedWay } from './tally-ways.js';
import { qualifyingWindows, type Span, type Tally } from './window.js';

type Step = string | CompiledCorrelation;

/** A step that happened: an event, or a chained correlation that was fulfilled by `window`; `event` is the one that ended it. */
export type Occurrence = {
  rank: number;
  time: number;
  order: string;
  value?: string | number;
  weight: number;
  event: Member;
  window: Window | null;
};
export type Window = { sorted: Occurrence[]; span: Span };

/** One correlation under judgement: within the one decided (`outermost`), and up to when what happened is known. */
export type Level = { correlation: CompiledCorrelation; outermost: boolean; knownUntil: number };

const valueOf = (event: Member, { correlation, outermost }: Level) =>
  outermost ? event.value : event.inner?.[correlation.id]?.value;

/** A chained correlation may group more finely than the outer one; what lacks its group takes no part in it. */
function subgroups(step: CompiledCorrelation, members: readonly Member[]): Member[][] {
  const groups = Map.groupBy(members, ({ inner }) => {
    const key = inner?.[step.id]?.key;
    return key === undefined ? '' : key;
  });
  groups.delete(null);
  return [...groups.values()];
}

/** When a step happened: a chained correlation at each member with which its condition is fulfilled. */
function occurrencesOf(step: Step, rank: number, members: readonly Member[], level: Level): Occurrence[] {
  const of = (event: Member, weight: number, window: Window | null): Occurrence => {
    const { time, order } = event;
    return { rank, time, order, value: valueOf(event, level), weight, event, window };
  };
  if (typeof step === 'string') {
    return members.filter(({ rule }) => rule === step).map((event) => of(event, event.weight ?? 1, null));
  }
  const inner = { correlation: step, outermost: false, knownUntil: level.knownUntil };
  return subgroups(step, members).flatMap((group) => {
    const { sorted, spans } = judge(inner, group);
    return spans.map((span) => of(sorted[span.to]!.event, 1, { sorted, span }));
  });
}

function waysOf({ document }: CompiledCorrelation): RankedWay[] {
  const ranks = (names: readonly string[]) => names.map((name) => document.rules.indexOf(name)).sort((a, b) => a - b);
  return document.ways.map(({ present, absent }) => ({ present: ranks(present), absent: ranks(absent) }));
}

function tallyOf({ document, steps }: CompiledCorrelation, sorted: Occurrence[]): Tally<Occurrence> {
  const { bounds, percentile } = document;
  const stepBounds = bounds.length > 0 ? bounds : everyStep(steps.length);
  switch (document.type) {
    case 'event_count':
      return countEvents(bounds);
    case 'value_count':
      return countValues(bounds);
    case 'temporal':
      return countSteps(stepBounds);
    case 'temporal_ordered':
      return countInOrder(steps.length, stepBounds);
    case 'value_sum':
      return sumValues(sorted, bounds);
    case 'value_avg':
      return averageValues(sorted, bounds);
    case 'value_median':
      return percentileOfValues(sorted, bounds, 50);
    case 'value_percentile':
      return percentile === null ? shareOfValue(bounds) : percentileOfValues(sorted, bounds, percentile);
  }
}

/** How long what is known of the steps lags behind, in ms: an absence that one of them needs is not certain earlier. */
const lagOf = ({ steps }: CompiledCorrelation) =>
  Math.max(...steps.map((step) => (typeof step === 'string' ? 0 : settlingTime(step))));

/** The windows of a correlation that fulfil its condition, over the occurrences of the steps that can be evidence. */
export function judge(level: Level, members: readonly Member[]): { sorted: Occurrence[]; spans: Span[] } {
  const { correlation } = level;
  const { steps, document } = correlation;
  const { timespan } = document;
  const ways = waysOf(correlation);
  const counts = (rank: number) => ways.length === 0 || ways.some(({ present }) => present.includes(rank));
  const isNegated = (rank: number) => ways.some(({ absent }) => absent.includes(rank));
  const found = steps.map((step, rank) => occurrencesOf(step, rank, members, level).sort(inOrderOfRules));
  const sorted = found
    .filter((_, rank) => counts(rank))
    .flat()
    .sort(inOrderOfRules);
  const contrary = found.map((one, rank) => (isNegated(rank) ? one : []));
  const lag = lagOf(correlation);
  const knownUntil = level.knownUntil - lag;
  const scene = { sorted, contrary, timespan, knownUntil };
  const tally =
    ways.length > 0 ? anyWay(ways, document.type === 'temporal_ordered', scene) : tallyOf(correlation, sorted);
  const spans = qualifyingWindows(sorted, timespan, tally);
  return { sorted, spans: lag === 0 ? spans : spans.filter(({ to }) => sorted[to]!.time <= knownUntil) };
}
