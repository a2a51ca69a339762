const MINUTE = 60_000;

/** IEC 62443-4-2 CR 1.11 (unsuccessful attempts), CR 2.5 and 2.6 (session lock, session end). Times in milliseconds. */
export const LIMITS = {
  failedAttempts: 10,
  lockMs: 15 * MINUTE,
  idleMs: 60 * MINUTE,
  touchMs: MINUTE,
  lifetimeMs: { session: 12 * 60 * MINUTE, token: 90 * 24 * 60 * MINUTE },
  /** Argon2id by OWASP's first choice: 19 MiB, two passes, one lane. */
  argon2: { memoryCost: 19_456, timeCost: 2, parallelism: 1 },
} as const;

export function isLocked(person: { lockedUntil: Date | null }, now: Date): boolean {
  return person.lockedUntil !== null && person.lockedUntil > now;
}

export function hasEnded(credential: { kind: string; expiresAt: Date; lastUsedAt: Date }, now: Date): boolean {
  if (credential.expiresAt <= now) return true;
  return credential.kind === 'session' && now.getTime() - credential.lastUsedAt.getTime() > LIMITS.idleMs;
}
