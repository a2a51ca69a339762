import { describe, expect, it } from 'vitest';
import { LIMITS, hasEnded, isLocked } from './sign-in.js';

const now = new Date('2026-11-23T03:00:00Z');
const at = (ms: number): Date => new Date(now.getTime() + ms);

describe('sign-in', () => {
  it('locks until the very moment given', () => {
    expect(isLocked({ lockedUntil: at(1) }, now)).toBe(true);
    expect(isLocked({ lockedUntil: at(0) }, now)).toBe(false);
    expect(isLocked({ lockedUntil: null }, now)).toBe(false);
  });

  it('ends sessions that idle, but not tokens', () => {
    const idle = { expiresAt: at(1), lastUsedAt: at(-LIMITS.idleMs - 1) };
    expect(hasEnded({ ...idle, kind: 'session' }, now)).toBe(true);
    expect(hasEnded({ ...idle, kind: 'token' }, now)).toBe(false);
  });

  it('ends everything at its expiry', () => {
    expect(hasEnded({ kind: 'token', expiresAt: now, lastUsedAt: now }, now)).toBe(true);
  });
});
