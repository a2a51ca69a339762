import type { Verdict } from '#iec62443/verdict.js';

/** Milliseconds. Late delivery looks like a clock that is behind, so behind is tolerated longer than ahead. */
export const SKEW = { budget: 60_000, ahead: 5 * 60_000, behind: 24 * 3_600_000 };

/** `implausible`: so far off that times of this device say nothing. */
export const CLOCK_STATES = ['unknown', 'within', 'off', 'implausible'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** IEC 62443-4-2 CR 2.11 asks for time stamps that can be relied on. @param skew device time minus arrival time */
export function judgeClock(skew: number | null): { medianSkewMs: number | null; state: ClockState; verdict: Verdict } {
  const state = clockState(skew);
  const verdict = state === 'unknown' ? 'no_evidence' : state === 'within' ? 'met' : 'not_met';
  return { medianSkewMs: skew, state, verdict };
}

function clockState(skew: number | null): ClockState {
  if (skew === null) return 'unknown';
  if (skew > SKEW.ahead || skew < -SKEW.behind) return 'implausible';
  return Math.abs(skew) > SKEW.budget ? 'off' : 'within';
}
