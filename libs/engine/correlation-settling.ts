import type { CompiledCorrelation } from '#sigma/link.js';

const isNegated = ({ document }: CompiledCorrelation) => document.ways.some(({ absent }) => absent.length > 0);

/**
 * How long after an event, in ms of event time, it is certain what the correlation makes of it: 0 when nothing is negated,
 * else the time in which something that must be absent may still happen, that of chained correlations included.
 */
export function settlingTime(correlation: CompiledCorrelation): number {
  const inner = correlation.steps.map((step) => (typeof step === 'string' ? 0 : settlingTime(step)));
  return (isNegated(correlation) ? correlation.document.timespan : 0) + Math.max(...inner);
}

const evidence = new WeakMap<CompiledCorrelation, ReadonlySet<string>>();

/** Ids of the rules whose matches can be part of a finding; the others only speak against one. */
export function evidenceRules(correlation: CompiledCorrelation): ReadonlySet<string> {
  const known = evidence.get(correlation) ?? findEvidence(correlation);
  evidence.set(correlation, known);
  return known;
}

function findEvidence(correlation: CompiledCorrelation): ReadonlySet<string> {
  const { document, steps } = correlation;
  const wanted = new Set(document.ways.flatMap(({ present }) => present));
  const needed = steps.filter((_, rank) => wanted.size === 0 || wanted.has(document.rules[rank]!));
  return new Set(needed.flatMap((step) => (typeof step === 'string' ? step : [...evidenceRules(step)])));
}
