import { describe, expect, it } from 'vitest';
import { cronFault, periodDue } from './report-period.js';

const utc = (text: string): Date => new Date(text);

describe('a cron pattern', () => {
  it.each(['0 6 * * MON', '*/5 0-6/2 1,15 JAN-MAR *', '* * * * *', '0 0 1 * *', '0 6 * * mon-fri'])(
    '%s is one',
    (pattern) => {
      expect(cronFault(pattern)).toBeUndefined();
    },
  );

  it.each([
    '',
    'daily',
    '@daily',
    '0 6 * *',
    '* * * * * *',
    '61 * * * *',
    '0 25 * * *',
    '0 6 L * *',
    '0 6 * * 5#2',
    '0 6 * * XYZ',
  ])('%j is none', (pattern) => expect(cronFault(pattern)).toEqual(expect.any(String)));

  it('names a day that exists', () => {
    expect(cronFault('0 6 30 2 *')).toBe('names a day that never comes');
  });
});

describe('the period that is due', () => {
  it('is the last complete one, in the time zone of the schedule', () => {
    const due = periodDue('0 6 * * MON', 'Europe/Prague', utc('2026-11-23T05:00:00Z'));
    expect(due).toEqual({ from: utc('2026-11-16T05:00:00Z'), to: utc('2026-11-23T05:00:00Z') });
    expect(periodDue('0 6 * * MON', 'Europe/Prague', utc('2026-11-23T04:59:59Z'))?.to).toEqual(
      utc('2026-11-16T05:00:00Z'),
    );
  });

  it('is the same whenever within it one asks', () => {
    const asked = [0, 1, 59_000, 3_600_000].map((late) =>
      periodDue('0 6 * * *', 'UTC', new Date(Date.UTC(2026, 4, 1, 6) + late)),
    );
    expect(new Set(asked.map((period) => JSON.stringify(period))).size).toBe(1);
  });

  it('has 23 hours when the clocks go forward', () => {
    const due = periodDue('0 0 * * *', 'Europe/Prague', utc('2026-03-30T00:00:00Z'));
    expect(due).toEqual({ from: utc('2026-03-28T23:00:00Z'), to: utc('2026-03-29T22:00:00Z') });
  });

  it('begins where the report before ended, also after days away', () => {
    const due = periodDue('0 6 * * *', 'UTC', utc('2026-05-08T07:00:00Z'), utc('2026-05-01T06:00:00Z'));
    expect(due).toEqual({ from: utc('2026-05-01T06:00:00Z'), to: utc('2026-05-08T06:00:00Z') });
  });

  it('is none when it is reported already', () => {
    expect(periodDue('0 6 * * *', 'UTC', utc('2026-05-08T07:00:00Z'), utc('2026-05-08T06:00:00Z'))).toBeUndefined();
  });
});
