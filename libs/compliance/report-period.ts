import { Cron } from 'croner';

/** Half-open: `[from, to)`. */
export interface Period {
  from: Date;
  to: Date;
}

/** Five fields of numbers, names of days and months, `*`, `,`, `-` and `/`: what every reader of crontab(5) agrees on. */
const FIVE_FIELDS = /^(?:(?:[\d*,/-]|[A-Za-z]{3}\b)+ ){4}(?:[\d*,/-]|[A-Za-z]{3}\b)+$/;

/** @returns what is wrong with a cron pattern, or undefined */
export function cronFault(pattern: string): string | undefined {
  if (!FIVE_FIELDS.test(pattern)) return 'is not five cron fields: minute hour day month weekday, as in 0 6 * * MON';
  try {
    return cron(pattern, 'UTC').nextRun() ? undefined : 'names a day that never comes';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'is not a cron pattern';
  }
}

/**
 * The last complete period of a schedule: up to its last due time, from where the report before ended or, for the first
 * one, from the due time before. So reports have no gap between them, also when we were away at a due time.
 * @returns undefined when that period is reported already
 */
export function periodDue(pattern: string, timeZone: string, now: Date, reportedTo?: Date): Period | undefined {
  // croner looks strictly before its reference; the due moment itself counts here.
  const [to, before] = cron(pattern, timeZone).previousRuns(2, new Date(now.getTime() + 1));
  const from = reportedTo ?? before;
  return from && to && from < to ? { from, to } : undefined;
}

function cron(pattern: string, timezone: string): Cron {
  return new Cron(pattern, { timezone, mode: '5-part' });
}
