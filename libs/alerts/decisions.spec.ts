import { describe, expect, it } from 'vitest';
import { UserError } from '#platform/errors.js';
import { advance, assign, claim, close, release, reopen, type Situation, type Triaged } from './decisions.js';

const now = new Date('2026-11-23T06:00:00Z');
const ana = { id: 'ana', name: 'Ana', isLead: false };
const ben = { id: 'ben', name: 'Ben', isLead: false };
const lea = { id: 'lea', name: 'Lea', isLead: true };
const soon = new Date(now.getTime() + 60_000);

function situation(change: Partial<Triaged> = {}, by: Situation['by'] = ana): Situation {
  const fresh: Triaged = {
    status: 'new',
    verdict: null,
    acknowledgedAt: null,
    closedAt: null,
    assigneeId: null,
    assigneeName: null,
    claimedBy: null,
    claimedName: null,
    claimExpiresAt: null,
  };
  return { alert: { ...fresh, ...change }, by, now };
}

const heldByBen = { claimedBy: 'ben', claimedName: 'Ben', claimExpiresAt: soon };

function refusal(decide: () => unknown): number {
  try {
    decide();
  } catch (error) {
    if (error instanceof UserError) return error.status;
    throw error;
  }
  return 0;
}

describe('acknowledging', () => {
  it('assigns the alert to whoever does it, unless somebody has it', () => {
    const set = { status: 'acknowledged', acknowledgedAt: now };
    expect(advance(situation(), 'acknowledge')?.set).toEqual({ ...set, assigneeId: 'ana', assigneeName: 'Ana' });
    expect(advance(situation({ assigneeId: 'ben', assigneeName: 'Ben' }), 'acknowledge')?.set).toEqual(set);
  });

  it('keeps the time of the first acknowledgement after a reopening', () => {
    const first = new Date(0);
    expect(advance(situation({ acknowledgedAt: first }), 'start')?.set.acknowledgedAt).toBe(first);
  });

  it('twice changes nothing', () => {
    expect(advance(situation({ status: 'acknowledged' }), 'acknowledge')).toBeUndefined();
  });
});

describe('a claimed alert', () => {
  it('is changed by its holder only', () => {
    const held = situation(heldByBen);
    expect(refusal(() => advance(held, 'acknowledge'))).toBe(409);
    expect(refusal(() => advance(held, 'start'))).toBe(409);
    expect(refusal(() => close(held, 'test'))).toBe(409);
    expect(refusal(() => assign(held, ana))).toBe(409);
    expect(refusal(() => release(held))).toBe(409);
    expect(refusal(() => claim(held, { steal: false }))).toBe(409);
    expect(advance(situation(heldByBen, ben), 'start')?.set.status).toBe('in_progress');
  });

  it('is anybody’s again when the lease has run out', () => {
    const lapsed = situation({ ...heldByBen, claimExpiresAt: now });
    expect(claim(lapsed, { steal: false })?.set.claimedBy).toBe('ana');
    expect(advance(lapsed, 'start')?.set.status).toBe('in_progress');
  });

  it('is taken over for a reason, or by a lead, and the history says from whom', () => {
    expect(refusal(() => claim(situation(heldByBen), { steal: true }))).toBe(400);
    const stolen = claim(situation({ ...heldByBen, status: 'acknowledged' }), { steal: true, reason: 'Ben went home' });
    expect(stolen?.history).toEqual([{ kind: 'stolen', from: 'Ben', to: 'Ana', text: 'Ben went home' }]);
    expect(claim(situation(heldByBen, lea), { steal: true })?.set.claimedBy).toBe('lea');
  });
});

describe('claiming', () => {
  it('is acknowledging, and holds for half an hour', () => {
    const decision = claim(situation(), { steal: false });
    expect(decision?.set).toMatchObject({ status: 'acknowledged', claimedBy: 'ana', assigneeId: 'ana' });
    expect(decision?.set.claimExpiresAt).toEqual(new Date('2026-11-23T06:30:00Z'));
    expect(decision?.history.map(({ kind }) => kind)).toEqual(['status', 'assigned', 'claimed']);
  });

  it('again renews the lease without a word', () => {
    const decision = claim(situation({ ...heldByBen, status: 'in_progress' }, ben), { steal: false });
    expect(decision?.set.claimExpiresAt).toEqual(new Date('2026-11-23T06:30:00Z'));
    expect(decision?.history).toEqual([]);
  });

  it('is not possible on a closed alert', () => {
    expect(refusal(() => claim(situation({ status: 'closed', verdict: 'test' }), { steal: false }))).toBe(409);
  });
});

describe('closing', () => {
  it('records the verdict and the note, and ends the claim', () => {
    const decision = close(
      situation({ ...heldByBen, assigneeId: 'ben', status: 'in_progress' }, ben),
      'false_positive',
      'a scanner',
    );
    expect(decision?.set).toMatchObject({
      status: 'closed',
      verdict: 'false_positive',
      closedAt: now,
      claimedBy: null,
    });
    expect(decision?.history).toEqual([
      { kind: 'status', from: 'in_progress', to: 'closed', text: 'false_positive: a scanner' },
    ]);
  });

  it('is not possible twice', () => {
    expect(refusal(() => close(situation({ status: 'closed', verdict: 'test' }), 'duplicate'))).toBe(409);
  });
});

describe('reopening', () => {
  it('makes it nobody’s alert', () => {
    const decision = reopen(situation({ status: 'closed', verdict: 'test', closedAt: now, assigneeId: 'ana' }));
    expect(decision?.set).toMatchObject({ status: 'new', verdict: null, closedAt: null, assigneeId: null });
  });

  it('is for closed alerts', () => {
    expect(refusal(() => reopen(situation()))).toBe(409);
  });
});

describe('assigning', () => {
  it('goes to somebody or nobody, and says who had it', () => {
    const had = situation({ assigneeId: 'ben', assigneeName: 'Ben' });
    expect(assign(had, ana)?.history).toEqual([{ kind: 'assigned', from: 'Ben', to: 'Ana' }]);
    expect(assign(had, null)?.set).toEqual({ assigneeId: null, assigneeName: null });
    expect(assign(had, ben)).toBeUndefined();
    expect(assign(situation(), null)).toBeUndefined();
  });
});
