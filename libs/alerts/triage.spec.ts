import { describe, expect, it } from 'vitest';
import { MOVES, STATUSES, heldByAnother, maySteal, statusAfter, type Move, type Status } from './triage.js';

const expected: Record<Status, Record<Move, Status | undefined>> = {
  new: { acknowledge: 'acknowledged', start: 'in_progress', close: 'closed', reopen: undefined },
  acknowledged: { acknowledge: 'acknowledged', start: 'in_progress', close: 'closed', reopen: undefined },
  in_progress: { acknowledge: undefined, start: 'in_progress', close: 'closed', reopen: undefined },
  closed: { acknowledge: undefined, start: undefined, close: undefined, reopen: 'new' },
};

describe('triage', () => {
  it.each(STATUSES.flatMap((status) => MOVES.map((move) => [move, status] as const)))(
    'knows what %s does to an alert that is %s',
    (move, status) => {
      expect(statusAfter(status, move)).toBe(expected[status][move]);
    },
  );

  it('lets every status be left, and be reached from new', () => {
    const reached = new Set<Status>(['new']);
    for (const status of reached) for (const move of MOVES) reached.add(statusAfter(status, move) ?? status);
    expect([...reached].toSorted()).toEqual([...STATUSES].toSorted());
    for (const status of STATUSES)
      expect(MOVES.some((move) => ![undefined, status].includes(statusAfter(status, move)))).toBe(true);
  });
});

describe('a claim', () => {
  const now = new Date('2026-11-23T06:00:00Z');
  const claim = { claimedBy: 'ana', claimExpiresAt: new Date('2026-11-23T06:00:00.001Z') };

  it('holds up everybody but its holder, until it runs out', () => {
    expect(heldByAnother(claim, 'ben', now)).toBe(true);
    expect(heldByAnother(claim, 'ana', now)).toBe(false);
    expect(heldByAnother(claim, 'ben', claim.claimExpiresAt)).toBe(false);
    expect(heldByAnother({ claimedBy: null, claimExpiresAt: null }, 'ben', now)).toBe(false);
  });

  it('is taken over by a lead, or for a reason', () => {
    expect(maySteal(true, undefined)).toBe(true);
    expect(maySteal(false, 'Ana went home')).toBe(true);
    expect(maySteal(false, undefined)).toBe(false);
    expect(maySteal(false, '')).toBe(false);
  });
});
