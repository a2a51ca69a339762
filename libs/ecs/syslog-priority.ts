import type { CodeName } from './event.js';

/** RFC 5424, tables 1 and 2, with the names that syslog daemons write. */

const FACILITY_NAMES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'ntp',
  'audit',
  'alert',
  'clock',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const;

const SEVERITY_NAMES = [
  'emergency',
  'alert',
  'critical',
  'error',
  'warning',
  'notice',
  'informational',
  'debug',
] as const;

const SHORT_SEVERITIES: ReadonlyMap<string, number> = new Map([
  ['emerg', 0],
  ['panic', 0],
  ['crit', 2],
  ['err', 3],
  ['warn', 4],
  ['info', 6],
]);

// One object each, shared by all events and frozen for that reason.
export const FACILITIES: readonly CodeName[] = FACILITY_NAMES.map((name, code) => Object.freeze({ code, name }));
export const SEVERITIES: readonly CodeName[] = SEVERITY_NAMES.map((name, code) => Object.freeze({ code, name }));

export const HIGHEST_PRIORITY = 191;

export function facilityNamed(name: string): CodeName | undefined {
  return FACILITIES.find((facility) => facility.name === name);
}

export function severityNamed(name: string): CodeName | undefined {
  const short = SHORT_SEVERITIES.get(name);
  return short === undefined ? SEVERITIES.find((severity) => severity.name === name) : SEVERITIES[short];
}

/** Position behind `<n>` with one to three digits at `at`, or -1. */
export function endOfPriority(text: string, at: number): number {
  if (text.charCodeAt(at) !== 60) return -1;
  let i = at + 1;
  for (let c = text.charCodeAt(i); c >= 48 && c <= 57; c = text.charCodeAt(++i)) if (i - at > 3) return -1;
  return i > at + 1 && text.charCodeAt(i) === 62 ? i + 1 : -1;
}
