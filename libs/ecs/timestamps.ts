import { instantOf } from './time-zone.js';

/**
 * A time stamp as written. `time` is ms since midnight, `offset` minutes east of UTC; a missing year or zone is
 * undefined. `end` is the position behind it.
 */
export interface Stamp {
  year: number | undefined;
  month: number;
  day: number;
  time: number;
  offset: number | undefined;
  end: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A stamp without a year may lie this far ahead (a fast clock) before it is taken to be last year's. */
const FUTURE = 7 * DAY;
const LONGEST_LEAP_GAP = 8;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

const KEPT_DATES = 64;
const dates = new Map<number, string>();

/** ISO 8601, UTC, milliseconds. Most events are of a few days, so their dates are kept: a third of `toISOString`. */
export function isoOf(instant: number): string {
  const day = Math.floor(instant / DAY);
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * DAY).toISOString().slice(0, -13);
    if (dates.size >= KEPT_DATES) dates.clear();
    dates.set(day, date);
  }
  const time = instant - day * DAY;
  const seconds = Math.floor(time / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  const fraction = time - seconds * 1000;
  return `${date}${clock}.${Math.floor(fraction / 100)}${TWO_DIGITS[fraction % 100]}Z`;
}

const instants = new Map<string, number>();

/** What {@link isoOf} wrote, as milliseconds since 1970: a fifth of `Date.parse`. */
export function instantOfIso(iso: string): number {
  const date = iso.slice(0, -13);
  let start = instants.get(date);
  if (start === undefined) {
    start = Date.parse(`${date}00:00:00.000Z`);
    if (instants.size >= KEPT_DATES) instants.clear();
    instants.set(date, start);
  }
  const at = date.length;
  const minutes = twoDigits(iso, at) * 60 + twoDigits(iso, at + 3);
  return start + (minutes * 60 + twoDigits(iso, at + 6)) * 1000 + twoDigits(iso, at + 9) * 10 + digit(iso, at + 11);
}

export function isGuessed(stamp: Stamp): boolean {
  return stamp.year === undefined || stamp.offset === undefined;
}

/** Milliseconds since 1970. What the stamp leaves out is taken from the time of receipt and the source's zone. */
export function instantOfStamp(stamp: Stamp, receivedAt: number, timeZone: string): number {
  if (stamp.year !== undefined) return instantInYear(stamp, stamp.year, receivedAt, timeZone);
  const latest = new Date(receivedAt + FUTURE).getUTCFullYear();
  for (let year = latest; year >= latest - LONGEST_LEAP_GAP; year--) {
    if (stamp.day > daysIn(stamp.month, year)) continue;
    const instant = instantInYear(stamp, year, receivedAt, timeZone);
    if (instant <= receivedAt + FUTURE) return instant;
  }
  return receivedAt;
}

function instantInYear(stamp: Stamp, year: number, receivedAt: number, timeZone: string): number {
  const wall = Date.UTC(year, stamp.month - 1, stamp.day) + stamp.time;
  return stamp.offset === undefined ? instantOf(wall, timeZone, receivedAt) : wall - stamp.offset * MINUTE;
}

/** `2026-03-14T09:26:53[.123456][Z|+01:00|+0100]`; also a blank for the T and a comma for the point. */
export function scanIso(text: string, at: number): Stamp | undefined {
  const century = twoDigits(text, at);
  const rest = twoDigits(text, at + 2);
  // Years below 1000 are zero values of programs, not dates.
  if (century < 10 || rest < 0) return undefined;
  const year = century * 100 + rest;
  const month = twoDigits(text, at + 5);
  const day = twoDigits(text, at + 8);
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return undefined;
  const separator = text.charCodeAt(at + 10);
  if (separator !== 84 && separator !== 32 && separator !== 116) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(month, year)) return undefined;
  const stamp = { year, month, day, time: 0, offset: undefined, end: at + 11 };
  return scanTime(text, stamp) ? scanOffset(text, stamp) : undefined;
}

/** RFC 3164: `Mar 14 09:26:53`, and with a year in front, in the middle or behind, and with a fraction. */
export function scanBsd(text: string, at: number): Stamp | undefined {
  const leading = fourDigits(text, at);
  const start = leading > 0 ? at + 5 : at;
  const month = MONTHS.indexOf(text.slice(start, start + 3)) + 1;
  if (month === 0 || text.charCodeAt(start + 3) !== 32) return undefined;
  let i = start + 4;
  if (text.charCodeAt(i) === 32) i++;
  let day = digit(text, i++);
  const second = digit(text, i);
  if (second >= 0) {
    day = day * 10 + second;
    i++;
  }
  if (day < 1 || text.charCodeAt(i) !== 32) return undefined;
  const middle = fourDigits(text, i + 1);
  if (middle > 0) i += 5;
  const stamp: Stamp = { year: leading || middle || undefined, month, day, time: 0, offset: undefined, end: i + 1 };
  if (!scanTime(text, stamp) || day > daysIn(month, stamp.year ?? 2000)) return undefined;
  if (stamp.year === undefined) scanTrailingYear(text, stamp);
  return stamp;
}

/** The common log format of web servers: `10/Oct/2000:13:55:36 -0700`. */
export function scanClf(text: string, at: number): Stamp | undefined {
  const day = twoDigits(text, at);
  const month = MONTHS.indexOf(text.slice(at + 3, at + 6)) + 1;
  const century = twoDigits(text, at + 7);
  const rest = twoDigits(text, at + 9);
  if (day < 1 || month === 0 || century < 10 || rest < 0 || text.charCodeAt(at + 11) !== 58) return undefined;
  const year = century * 100 + rest;
  if (day > daysIn(month, year)) return undefined;
  const stamp: Stamp = { year, month, day, time: 0, offset: undefined, end: at + 12 };
  if (!scanTime(text, stamp)) return undefined;
  if (text.charCodeAt(stamp.end) !== 32) return stamp;
  const zoned = scanOffset(text, { ...stamp, end: stamp.end + 1 });
  return zoned?.offset === undefined ? stamp : zoned;
}

/** Seconds since 1970 with an optional fraction: `1741944413.589793000`. */
export function scanEpoch(text: string, at: number): Stamp | undefined {
  let i = at;
  let seconds = 0;
  for (let d = digit(text, i); d >= 0 && i - at < 10; d = digit(text, ++i)) seconds = seconds * 10 + d;
  if (i - at !== 10 || (text.charCodeAt(i) !== 46 && !isSecondsBeforeName(text, at, i))) return undefined;
  const stamp: Stamp = { year: 1970, month: 1, day: 1, time: seconds * 1000, offset: 0, end: i };
  scanFraction(text, stamp);
  return stamp;
}

/** Ten digits alone may be a sequence number: they are seconds when the year is 2001 to 2033 and a name follows. */
function isSecondsBeforeName(text: string, at: number, end: number): boolean {
  return text.charCodeAt(at) === 49 && /^ [A-Za-z]/.test(text.slice(end, end + 2));
}

/** A number that is not negative, or -1. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** A digit, or -1. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : -1;
}

/** A year followed by a blank, or 0. */
function fourDigits(text: string, at: number): number {
  if (text.charCodeAt(at + 4) !== 32) return 0;
  const century = twoDigits(text, at);
  const rest = twoDigits(text, at + 2);
  return (century === 19 || century === 20) && rest >= 0 ? century * 100 + rest : 0;
}

function scanTime(text: string, stamp: Stamp): boolean {
  const at = stamp.end;
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  const second = twoDigits(text, at + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return false;
  stamp.time = hour * 3_600_000 + minute * MINUTE + second * 1000;
  stamp.end = at + 8;
  return scanMeridiem(text, stamp, hour) && scanFraction(text, stamp);
}

/** Cisco UCM writes ` AM.123` between the seconds and their fraction. */
function scanMeridiem(text: string, stamp: Stamp, hour: number): boolean {
  const at = stamp.end;
  if (text.charCodeAt(at) !== 32 || text.charCodeAt(at + 2) !== 77) return true;
  const letter = text.charCodeAt(at + 1);
  if (letter !== 65 && letter !== 80) return true;
  if (letter === 80 && hour < 12) stamp.time += 12 * 3_600_000;
  if (letter === 65 && hour === 12) stamp.time -= 12 * 3_600_000;
  stamp.end = at + 3;
  return true;
}

function scanFraction(text: string, stamp: Stamp): boolean {
  const mark = text.charCodeAt(stamp.end);
  if (mark !== 46 && mark !== 44) return true;
  let i = stamp.end + 1;
  let scale = 100;
  for (let d = digit(text, i); d >= 0; d = digit(text, ++i)) {
    stamp.time += Math.floor(d * scale);
    scale = scale > 1 ? scale / 10 : 0;
  }
  if (i === stamp.end + 1) return mark === 44;
  stamp.end = i;
  return true;
}

function scanOffset(text: string, stamp: Stamp): Stamp | undefined {
  const sign = text.charCodeAt(stamp.end);
  if (sign === 90 || sign === 122) {
    stamp.offset = 0;
    stamp.end++;
    return stamp;
  }
  if (sign !== 43 && sign !== 45) return stamp;
  const hours = twoDigits(text, stamp.end + 1);
  const colon = text.charCodeAt(stamp.end + 3) === 58 ? 1 : 0;
  const minutes = twoDigits(text, stamp.end + 3 + colon);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return undefined;
  stamp.offset = (sign === 45 ? -1 : 1) * (hours * 60 + minutes);
  stamp.end += 5 + colon;
  return stamp;
}

function scanTrailingYear(text: string, stamp: Stamp): void {
  if (text.charCodeAt(stamp.end) !== 32) return;
  const year = fourDigits(text, stamp.end + 1);
  if (year === 0 || stamp.day > daysIn(stamp.month, year)) return;
  stamp.year = year;
  stamp.end += 5;
}

function daysIn(month: number, year: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}
