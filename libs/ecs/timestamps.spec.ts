import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOfStamp, isGuessed, isoOf, scanBsd, scanEpoch, scanIso, type Stamp } from './timestamps.js';

function resolve(stamp: Stamp | undefined, receivedAt: string, zone = 'UTC'): string | undefined {
  return stamp && new Date(instantOfStamp(stamp, Date.parse(receivedAt), zone)).toISOString();
}

describe('a time stamp without a year', () => {
  it.each([
    ['Dec 31 23:59:59', '2026-01-01T00:00:01Z', '2025-12-31T23:59:59.000Z'],
    ['Jan  1 00:00:01', '2025-12-31T23:59:58Z', '2026-01-01T00:00:01.000Z'],
    ['Nov 23 10:00:00', '2026-11-23T10:00:05Z', '2026-11-23T10:00:00.000Z'],
    ['Nov 24 10:00:00', '2026-11-23T10:00:05Z', '2026-11-24T10:00:00.000Z'],
    ['Feb 21 10:00:00', '2026-11-23T10:00:05Z', '2026-02-21T10:00:00.000Z'],
    ['Feb 29 10:00:00', '2026-11-23T10:00:05Z', '2024-02-29T10:00:00.000Z'],
  ])('%s received at %s is %s', (text, receivedAt, expected) => {
    const stamp = scanBsd(text, 0);
    expect(resolve(stamp, receivedAt)).toBe(expected);
    expect(stamp && isGuessed(stamp)).toBe(true);
  });

  it.each([
    ['Asia/Kolkata', '2026-11-23T04:30:00.000Z'],
    ['America/New_York', '2026-11-23T15:00:00.000Z'],
    ['Europe/Berlin', '2026-11-23T09:00:00.000Z'],
    ['No/Such_Zone', '2026-11-23T10:00:00.000Z'],
  ])('is read in the zone %s of its source', (zone, expected) => {
    expect(resolve(scanBsd('Nov 23 10:00:00', 0), '2026-11-23T10:00:05Z', zone)).toBe(expected);
  });

  it('falls in the new year of its own zone', () => {
    expect(resolve(scanBsd('Jan  1 00:30:00', 0), '2025-12-31T23:30:02Z', 'Europe/Berlin')).toBe(
      '2025-12-31T23:30:00.000Z',
    );
  });
});

describe('a clock that is set forward and back', () => {
  it.each([
    ['Mar 29 01:59:59', '2026-03-29T01:00:00Z', '2026-03-29T00:59:59.000Z'],
    ['Mar 29 02:30:00', '2026-03-29T01:30:00Z', '2026-03-29T01:30:00.000Z'], // does not exist
    ['Mar 29 03:00:00', '2026-03-29T01:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['Oct 25 02:30:00', '2026-10-25T00:30:01Z', '2026-10-25T00:30:00.000Z'], // exists twice
    ['Oct 25 02:30:00', '2026-10-25T01:30:01Z', '2026-10-25T01:30:00.000Z'],
    ['Oct 25 03:00:00', '2026-10-25T02:00:01Z', '2026-10-25T02:00:00.000Z'],
  ])('%s in Berlin, received at %s, is %s', (text, receivedAt, expected) => {
    expect(resolve(scanBsd(text, 0), receivedAt, 'Europe/Berlin')).toBe(expected);
  });
});

describe('a full time stamp', () => {
  it.each([
    ['2003-10-11T22:14:15.003Z', '2003-10-11T22:14:15.003Z'],
    ['2003-08-24T05:14:15.000003-07:00', '2003-08-24T12:14:15.000Z'],
    ['1986-04-26T01:23:45.101+0400', '1986-04-25T21:23:45.101Z'],
    ['2026-11-23 10:00:00,25 rest', '2026-11-23T10:00:00.250Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ])('%s is never re-dated', (text, expected) => {
    expect(resolve(scanIso(text, 0), '2030-01-01T00:00:00Z')).toBe(expected);
  });

  it.each([
    ['Mar 14 2025 09:26:53', '2025-03-14T09:26:53.000Z'],
    ['2025 Mar 14 09:26:53', '2025-03-14T09:26:53.000Z'],
    ['Mar 14 09:26:53 2025 host', '2025-03-14T09:26:53.000Z'],
    ['Mar 14 2025 09:26:53 PM.589 UTC', '2025-03-14T21:26:53.589Z'],
  ])('%s has its year', (text, expected) => {
    expect(resolve(scanBsd(text, 0), '2030-01-01T00:00:00Z')).toBe(expected);
  });

  it('counts seconds since 1970', () => {
    expect(resolve(scanEpoch('1741944413.589793000 host', 0), '2030-01-01T00:00:00Z')).toBe('2025-03-14T09:26:53.589Z');
  });

  it.each([
    '2018-02-29T22:14:16Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '20x4-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00.Z',
    '',
  ])('%s is none', (text) => expect(scanIso(text, 0)).toBeUndefined());

  it.each(['Foo 14 09:26:53', 'Mar 32 09:26:53', 'Mar 14 9:26:53', 'Mar  0 09:26:53', 'Mar', ''])(
    '%s is none either',
    (text) => expect(scanBsd(text, 0)).toBeUndefined(),
  );
});

describe('an instant', () => {
  it('is written as toISOString writes it', () => {
    const instants = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(instants, (instant) => isoOf(instant) === new Date(instant).toISOString()),
      { numRuns: 2000 },
    );
  });
});
