import type { TimePart } from '#sigma/expression.js';

const written =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|UTC|[+-]\d\d:?\d\d)?)?$/i;
const epoch = /^\d{9,19}(?:\.\d+)?$/;

function offsetOf(zone: string | undefined): number {
  const sign = zone?.startsWith('-') ? -1 : 1;
  const digits = /^[+-](\d\d):?(\d\d)$/.exec(zone ?? '');
  return digits ? sign * (Number(digits[1]) * 60 + Number(digits[2])) * 60_000 : 0;
}

/**
 * A point in time as milliseconds since 1970: ISO 8601 text (a blank may stand for the T; without an offset it is UTC), or
 * an epoch whose size tells seconds, milliseconds, microseconds and nanoseconds apart, from 1973 on. Null for all else.
 */
export function readTime(text: string): number | null {
  const parts = written.exec(text);
  if (parts) {
    const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
    const fraction = Number(`0.${parts[7] ?? '0'}`) * 1000;
    const date = new Date(0);
    date.setUTCFullYear(year!, month! - 1, day);
    date.setUTCHours(hour!, minute, second, Math.trunc(fraction));
    const valid = date.getUTCMonth() === month! - 1 && date.getUTCDate() === day && minute! < 60 && second! < 61;
    return valid && hour! < 24 ? date.getTime() - offsetOf(parts[8]) : null;
  }
  if (!epoch.test(text)) return null;
  const number = Number(text);
  if (number < 1e11) return number * 1000;
  if (number < 1e14) return number;
  return number < 1e17 ? number / 1e3 : number / 1e6;
}

type Clock = { year: number; month: number; day: number; hour: number; minute: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', { timeZone: zone, hourCycle: 'h23', ...numeric });
  formats.set(zone, format);
  return format;
}

function clockIn(zone: string, time: number): Clock {
  const date = new Date(time);
  if (zone === 'UTC') {
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    return { year, month, day, hour: date.getUTCHours(), minute: date.getUTCMinutes() };
  }
  const parts = new Map(
    formatOf(zone)
      .formatToParts(date)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? Number.NaN;
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}

const day = 86_400_000;

/** ISO 8601: weeks begin on Monday, and the first is the one with the year's first Thursday. */
function weekOf(clock: Clock): number {
  const date = Date.UTC(clock.year, clock.month - 1, clock.day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = date + (3 - weekday) * day;
  const firstOfYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - firstOfYear) / (7 * day)) + 1;
}

/** A part of the time that the text is, as clocks in the IANA zone show it; null when the text is no time. */
export function timePart(text: string, part: TimePart, zone: string): number | null {
  const time = readTime(text);
  if (time === null || Number.isNaN(new Date(time).getTime())) return null;
  const clock = clockIn(zone, time);
  return part === 'week' ? weekOf(clock) : clock[part];
}
