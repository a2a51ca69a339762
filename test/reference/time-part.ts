/** Modifiers appendix, "Time Modifiers", with the 53rd week of ISO 8601. */
export const timeParts: Record<string, { from: number; to: number }> = {
  minute: { from: 0, to: 59 },
  hour: { from: 0, to: 23 },
  day: { from: 1, to: 31 },
  week: { from: 1, to: 53 },
  month: { from: 1, to: 12 },
  year: { from: 1, to: 9999 },
};

const day = 86_400_000;

/** ISO 8601: the week of the year that holds the week's Thursday. */
function weekOf(date: Date): number {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * day);
  const firstDay = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - firstDay) / day / 7) + 1;
}

/** Written dates, in UTC where they name no offset, and seconds or milliseconds since 1970. */
function dateOf(text: string): Date | null {
  const [, date, time = '00:00', zone = 'Z'] = /^(\d{4}-\d\d-\d\d)(?:[T ]([\d:.]+)(Z|[+-].*)?)?$/.exec(text) ?? [];
  if (date !== undefined) return new Date(`${date}T${time}${zone}`);
  if (!/^\d{10}(\d{3})?$/.test(text)) return null;
  return new Date(Number(text) * (text.length === 10 ? 1000 : 1));
}

/** A part of a date in UTC; null for what is no date. */
export function partOf(part: string, text: string): number | null {
  const date = dateOf(text);
  if (date === null) return null;
  const parts: Record<string, number> = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    week: weekOf(date),
  };
  return parts[part] ?? null;
}
