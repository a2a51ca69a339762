import { z } from 'zod';

/** One line of text, without what would break a store, a log line or a mail header. */
export function line(max: number) {
  return z.string().trim().min(1).max(max).refine(isPlain, 'has control characters or broken Unicode');
}

function isPlain(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text);
}
