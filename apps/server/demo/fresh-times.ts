const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Feb 22 16:45:20` (RFC 3164 section 4.1.2), in UTC. */
export function bsdTime(at: Date): string {
  const time = at.toISOString().slice(11, 19);
  return `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${time}`;
}

/** Lines of /var/log/secure, `step` milliseconds apart and the last one now, as RFC 3164 messages. */
export function freshAuthLines(lines: readonly string[], now: Date, step: number): string[] {
  return lines.map((line, index) => `<86>${bsdTime(before(now, lines.length - 1 - index, step))}${line.slice(15)}`);
}

/** Cisco IOS lines with the time in the middle. */
export function freshCiscoLines(lines: readonly string[], now: Date, step: number): string[] {
  return lines.map((line, index) => {
    const at = before(now, lines.length - 1 - index, step);
    return line.replace(
      /[A-Z][a-z]{2} +\d+ [\d:]{8}\.\d{3} UTC/,
      `${bsdTime(at)}.${at.toISOString().slice(20, 23)} UTC`,
    );
  });
}

/** Zeek rows (`ts`, seconds since 1970) or Windows rows (`TimeCreated`), likewise. */
export function freshRows(rows: readonly string[], now: Date, step: number): string[] {
  return rows.map((row, index) => {
    const at = before(now, rows.length - 1 - index, step);
    const value = JSON.parse(row) as Record<string, unknown>;
    return JSON.stringify(
      'ts' in value ? { ...value, ts: at.getTime() / 1000 } : { ...value, TimeCreated: windowsTime(at) },
    );
  });
}

function windowsTime(at: Date): string {
  return at.toISOString().replace('T', ' ').replace('Z', '');
}

function before(now: Date, steps: number, step: number): Date {
  return new Date(now.getTime() - steps * step);
}
