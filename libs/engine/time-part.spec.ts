import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeParts, type TimePart } from '#sigma/expression.js';
import { readTime, timePart } from './time-part.js';

const instant = Date.UTC(2024, 1, 29, 23, 5, 7);

describe('a point in time', () => {
  it.each([
    ['2024-02-29T23:05:07Z', instant],
    ['2024-02-29T23:05:07.000000000Z', instant],
    ['2024-02-29 23:05:07', instant],
    ['2024-02-29 23:05:07.000 UTC', instant],
    ['2024-03-01T00:05:07+01:00', instant],
    ['2024-02-29T18:05:07-0500', instant],
    ['2024-03-01T04:35:07+05:30', instant],
    ['2024-02-29T19:35:07-03:30', instant],
    ['2024-02-29T23:05:07.9999999Z', instant + 999],
    ['2024-02-29T23:04:60Z', instant - 7000],
    ['2024-02-29T23:05:07,250Z', instant + 250],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['0099-01-01', new Date('0099-01-01T00:00:00Z').getTime()],
    ['99999999999', 99_999_999_999_000],
    ['100000000000', 100_000_000_000],
    ['100000000000000', 100_000_000_000],
    ['100000000000000000', 100_000_000_000],
    [String(instant / 1000), instant],
    [String(instant), instant],
    [`${instant}000`, instant],
    [`${instant}000000`, instant],
    ['1709247907.5', instant + 500],
  ])('%s is read', (text, expected) => {
    expect(readTime(text)).toBe(expected);
  });

  it.each([
    '',
    'now',
    '2024',
    '2024-02-30',
    '2024-13-01',
    '2023-02-29',
    '2024-01-01T24:00:00Z',
    '2024-01-01T10:60:00Z',
    '2024-01-01T10:00:61Z',
    '12',
    '-1709247907',
  ])('"%s" is none', (text) => {
    expect(readTime(text)).toBeNull();
    for (const part of timeParts) expect(timePart(text, part, 'UTC')).toBeNull();
  });
});

describe('a part of it', () => {
  it.each<[TimePart, string, number]>([
    ['minute', 'UTC', 5],
    ['hour', 'UTC', 23],
    ['hour', 'Europe/Zurich', 0],
    ['minute', 'Asia/Kolkata', 35],
    ['day', 'UTC', 29],
    ['day', 'Europe/Zurich', 1],
    ['month', 'UTC', 2],
    ['month', 'Europe/Zurich', 3],
    ['week', 'UTC', 9],
    ['year', 'UTC', 2024],
  ])('%s in %s is %d', (part, zone, expected) => {
    expect(timePart('2024-02-29T23:05:07Z', part, zone)).toBe(expected);
  });

  it.each([
    ['2021-01-03', 53],
    ['2021-01-04', 1],
    ['2020-12-31', 53],
    ['2018-12-31', 1],
    ['2016-01-03', 53],
    ['2023-01-01', 52],
  ])('of %s the ISO week is %d', (text, expected) => {
    expect(timePart(text, 'week', 'UTC')).toBe(expected);
  });

  it.each([
    ['2024-03-31T00:59:59Z', 1],
    ['2024-03-31T01:00:00Z', 3],
    ['2024-10-27T00:30:00Z', 2],
    ['2024-10-27T01:30:00Z', 2],
  ])('follows summer time: %s is hour %d in Zurich', (text, expected) => {
    expect(timePart(text, 'hour', 'Europe/Zurich')).toBe(expected);
  });

  it('is the same in UTC whether Intl or Date is asked', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2199-01-01'), noInvalidDate: true }), (date) => {
        for (const part of timeParts) {
          expect(timePart(date.toISOString(), part, 'Etc/UTC')).toBe(timePart(date.toISOString(), part, 'UTC'));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is null for what is no time, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = timePart(text, 'year', 'UTC');
        expect(found === null || Number.isInteger(found)).toBe(true);
      }),
    );
  });
});
