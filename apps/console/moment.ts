const SECOND = 1000;
const UNITS: readonly [milliseconds: number, name: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [SECOND, 's'],
];

/** How long, in its largest unit: `4 min`. Under a second it is `now`. */
export function spanText(milliseconds: number): string {
  const [size, name] = UNITS.find(([unit]) => Math.abs(milliseconds) >= unit) ?? [];
  return size === undefined ? 'now' : `${Math.trunc(Math.abs(milliseconds) / size)} ${name}`;
}

/** `2026-11-23 02:14:07.250 UTC`, or the text itself when it is no time. */
export function utcText(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

/** What the clock on the plant's wall says: `Mon 03:14`. */
export function plantTime(iso: string, timeZone: string): string {
  const form = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', form).format(new Date(iso));
  } catch {
    return '';
  }
}

/** From the first to the last: `over 2 min`. */
export function overText(first: string, last: string): string {
  const span = Date.parse(last) - Date.parse(first);
  return span < SECOND ? 'at once' : `over ${spanText(span)}`;
}
