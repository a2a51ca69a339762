const DAY = 86_400_000;
const LARGEST = 30 * 2 ** 30;
const OLDEST_DAYS = 30;

/** What decides about a generation; times in milliseconds since 1970. */
export interface Generation {
  createdAt: number;
  closedAt: number | null;
  documents: number;
  bytes: number;
}

/**
 * Is it time for the next generation? At 30 GB, or by age: a quarter of the tenant's retention, at most 30 days, so
 * that dropping whole generations never keeps events for much longer than promised. An empty one is kept.
 */
export function isFull(generation: Generation, retentionDays: number, now: number): boolean {
  if (generation.documents === 0) return false;
  const oldest = Math.min(OLDEST_DAYS, Math.max(1, Math.floor(retentionDays / 4))) * DAY;
  return generation.bytes >= LARGEST || now - generation.createdAt >= oldest;
}

/** Are all its events past retention? By arrival: a device whose clock runs wild neither keeps nor drops anything. */
export function isExpired({ closedAt }: Generation, retentionDays: number, now: number): boolean {
  return closedAt !== null && now - closedAt >= retentionDays * DAY;
}
