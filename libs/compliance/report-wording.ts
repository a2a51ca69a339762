import type { ClockReport } from './report.schema.js';

/** `2026-05-01 14:05` on a wall clock in the zone. */
export function localTime(time: string, timeZone: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(new Date(time));
}

/** `1,234,567` */
export function grouped(count: number): string {
  return new Intl.NumberFormat('en-US').format(count);
}

const UNITS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
];

/** The two largest units that matter: `1 h 5 min`, `12 s`, `0.4 s`. */
export function duration(seconds: number): string {
  const rounded = Math.round(seconds);
  const at = UNITS.findIndex((unit) => rounded >= unit.seconds);
  if (at < 0) return `${seconds < 10 ? Number(seconds.toFixed(1)) : rounded} s`;
  const [large, small] = [UNITS[at], UNITS[at + 1] ?? { name: 's', seconds: 1 }];
  if (!large) return `${rounded} s`;
  const rest = Math.floor((rounded % large.seconds) / small.seconds);
  return `${Math.floor(rounded / large.seconds)} ${large.name}${rest ? ` ${rest} ${small.name}` : ''}`;
}

export function clockText({ medianSkewMs, state }: ClockReport): string {
  if (medianSkewMs === null) return 'not known';
  const skew = duration(Math.abs(medianSkewMs) / 1000);
  const off = medianSkewMs > 0 ? `${skew} ahead` : `${skew} behind`;
  return state === 'within' ? off : `${off}: ${state}`;
}
