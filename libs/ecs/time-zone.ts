/** Wall-clock time in an IANA zone, without a library: offsets come from Intl and are kept by the quarter of an hour. */

const QUARTER = 900_000;
const DAY = 86_400_000;
const KEPT_OFFSETS = 4096;
const KEPT_ZONES = 1024;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone | undefined>();

/** Offset of the zone from UTC at an instant, in ms. An unknown zone counts as UTC. */
function zoneOffset(timeZone: string, instant: number): number {
  const zone = zoneOf(timeZone);
  if (zone === undefined) return 0;
  const quarter = Math.floor(instant / QUARTER);
  let offset = zone.offsets.get(quarter);
  if (offset === undefined) {
    offset = measure(zone.format, quarter * QUARTER);
    if (zone.offsets.size >= KEPT_OFFSETS) zone.offsets.clear();
    zone.offsets.set(quarter, offset);
  }
  return offset;
}

/**
 * The instant at which a wall clock in the zone showed `wall` (ms, written as if UTC). Of the two instants of a clock
 * set back, the one nearer to `near`; in a gap, as if the clock had not been set forward.
 */
export function instantOf(wall: number, timeZone: string, near: number): number {
  if (timeZone === 'UTC') return wall;
  const before = zoneOffset(timeZone, wall - DAY);
  const after = zoneOffset(timeZone, wall + DAY);
  const early = wall - before;
  if (before === after) return early;
  const late = wall - after;
  const earlyHolds = zoneOffset(timeZone, early) === before;
  const lateHolds = zoneOffset(timeZone, late) === after;
  if (earlyHolds && lateHolds) return Math.abs(near - early) <= Math.abs(near - late) ? early : late;
  return lateHolds ? late : early;
}

function zoneOf(timeZone: string): Zone | undefined {
  const known = zones.get(timeZone);
  if (known !== undefined || zones.has(timeZone)) return known;
  if (zones.size >= KEPT_ZONES) zones.clear();
  const zone = open(timeZone);
  zones.set(timeZone, zone);
  return zone;
}

function open(timeZone: string): Zone | undefined {
  if (timeZone === 'UTC') return undefined;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return { format, offsets: new Map() };
  } catch {
    return undefined;
  }
}

function measure(format: Intl.DateTimeFormat, instant: number): number {
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = format
    .format(instant)
    .split(/\D+/)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}
