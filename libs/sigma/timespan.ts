import { z } from 'zod';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A Sigma time span such as `90m`, as milliseconds. */
export const timespan = z.string().transform((text, context) => {
  const parts = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  if (!parts) {
    context.addIssue(`"${text}" is no time span; write a number and s, m, h or d, for example 10m`);
    return z.NEVER;
  }
  return Number(parts[1]) * units[parts[2] as keyof typeof units];
});
