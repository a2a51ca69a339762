export const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'];

const day = 86_400_000;

/** ISO 8601: the week of the year that holds the week's Thursday. */
function weekOf(year: number, month: number, date: number): number {
  const time = Date.UTC(year, month - 1, date);
  const thursday = new Date(time + (4 - (new Date(time).getUTCDay() || 7)) * day);
  const firstDay = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - firstDay) / day / 7) + 1;
}

/** Modifiers appendix, "Time Modifiers": a part of a date as it is written; null for what is no date. */
export function partOf(part: string, text: string): number | null {
  const read = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)/.exec(text);
  if (!read) return null;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0] = read.slice(1).map(Number);
  const parts: Record<string, number> = { year, month, day: date, hour, minute, week: weekOf(year, month, date) };
  return parts[part] ?? null;
}
