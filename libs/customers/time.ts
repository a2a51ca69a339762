import { z } from 'zod';

/** An IANA time zone name, as `Europe/Berlin`. */
export const timeZone = z.string().max(64).refine(isTimeZone, 'is not an IANA time zone such as Europe/Berlin');

/** A time with its zone or offset (ISO 8601), as a Date. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** The same in an answer: UTC. */
export const instant = z.iso.datetime();

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
