import { scanBsd, scanIso } from './timestamps.js';
import type { Stamp } from './timestamps.js';

/**
 * A time as devices write it inside a message: ISO 8601, `Mar 14 2025 09:26:53[.589][ zone]` with or without a weekday
 * and a year, `14 Mar 2025 09:26:53 +0000`, `2025/03/14 09:26:53`, `14/03/2025:09:26:53`, or seconds, milliseconds,
 * microseconds or nanoseconds since 1970.
 */
export function scanWritten(text: string): Stamp | undefined {
  const written = text.length > LONGEST ? text.slice(0, LONGEST).trim() : text.trim();
  const first = written.charCodeAt(0);
  if (first >= 48 && first <= 57) return scanNumeric(written);
  const from = WEEKDAY.exec(written)?.[0].length ?? 0;
  const stamp = from > 0 && isDigit(written, from) ? scanDayFirst(written.slice(from)) : scanBsd(written, from);
  return stamp === undefined ? undefined : withZone(written, stamp);
}

/** `13/31/2025:23:59:59` and the like; which of the first two is the month shows when one is above 12, else `MM/DD`. */
export function scanSlashed(text: string, at: number): Stamp | undefined {
  const found = SLASHED.exec(text.slice(at, at + 32));
  if (found === null) return undefined;
  const [whole, first = '', second = '', year = '', separator = '', time = ''] = found;
  const dayFirst = Number(first) > 12;
  const iso = `${year}-${dayFirst ? second : first}-${dayFirst ? first : second}T${time}`;
  const stamp = separator === '' ? undefined : scanIso(iso, 0);
  return stamp === undefined ? undefined : { ...stamp, end: at + whole.length };
}

/** Sophos UTM's `2025:03:14-09:26:53`. */
export function scanColons(text: string, at: number): Stamp | undefined {
  if (text.charCodeAt(at + 7) !== 58 || text.charCodeAt(at + 10) !== 45) return undefined;
  const date = `${text.slice(at, at + 4)}-${text.slice(at + 5, at + 7)}-${text.slice(at + 8, at + 10)}`;
  const stamp = scanIso(`${date}T${text.slice(at + 11, at + 19)}`, 0);
  return stamp === undefined ? undefined : { ...stamp, end: at + 19 };
}

const LONGEST = 64;
const WEEKDAY = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,2}/;
const SLASHED = /^(\d\d)\/(\d\d)\/(\d{4})([: ])(\d\d:\d\d:\d\d(?:\.\d{1,9})?)/;
const EPOCH = /^(\d{10})(\d{3})?(\d{3})?(\d{3})?(?:\.(\d{1,9}))?$/;
const DAY_FIRST = /^(\d{1,2})[ -]([A-Z][a-z]{2})[a-z]{0,6}[ -](\d{4}) (\d\d:\d\d:\d\d)/;
const ZONE = /^ ?(?:(UTC|GMT|Z)\b|([+-])(\d\d):?(\d\d)?)/;

function isDigit(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c >= 48 && c <= 57;
}

function scanNumeric(text: string): Stamp | undefined {
  const epoch = EPOCH.exec(text);
  if (epoch !== null) return stampOfEpoch(epoch);
  if (/^\d{4}\//.test(text)) {
    const stamp = scanIso(`${text.slice(0, 4)}-${text.slice(5, 7)}-${text.slice(8)}`, 0);
    return stamp === undefined ? undefined : withZone(text, stamp);
  }
  const stamp = scanIso(text, 0) ?? scanSlashed(text, 0) ?? scanBsd(text, 0);
  return stamp === undefined ? scanDayFirst(text) : withZone(text, stamp);
}

function stampOfEpoch([, seconds = '0', milliseconds, , , fraction]: RegExpExecArray): Stamp {
  const part = milliseconds ?? fraction?.slice(0, 3).padEnd(3, '0') ?? '0';
  return { year: 1970, month: 1, day: 1, time: Number(seconds) * 1000 + Number(part), offset: 0, end: 0 };
}

/** `14 Mar 2025 09:26:53 +0000` (RFC 2822), `14-Mar-2025 09:26:53`. */
function scanDayFirst(text: string): Stamp | undefined {
  const found = DAY_FIRST.exec(text);
  if (found === null) return undefined;
  const [whole, day = '', month = '', year = '', time = ''] = found;
  const stamp = scanBsd(`${month} ${day.padStart(2, ' ')} ${year} ${time}`, 0);
  return stamp === undefined ? undefined : withZone(text, { ...stamp, end: whole.length });
}

/** A zone behind the time; a name other than UTC and GMT is ambiguous and left to the source's zone. */
function withZone(text: string, stamp: Stamp): Stamp {
  if (stamp.offset !== undefined) return stamp;
  const zone = ZONE.exec(text.slice(stamp.end, stamp.end + 8));
  if (zone === null) return stamp;
  const [, universal, sign, hours = '0', minutes = '0'] = zone;
  const offset = universal === undefined ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
  return Math.abs(offset) < 24 * 60 ? { ...stamp, offset } : stamp;
}
