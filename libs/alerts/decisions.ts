import { conflict, invalid } from '#platform/errors.js';
import type { HistoryEntry } from './history.js';
import {
  FRESH,
  LEASE_MS,
  heldByAnother,
  maySteal,
  statusAfter,
  type Claim,
  type Move,
  type Status,
  type Verdict,
} from './triage.js';

/** What triage changes of an alert. */
export interface Triaged extends Claim {
  status: Status;
  verdict: Verdict | null;
  acknowledgedAt: Date | null;
  closedAt: Date | null;
  claimedName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
}

export interface Person {
  id: string;
  name: string;
}

/** Who acts on which alert, and when. */
export interface Situation {
  alert: Triaged;
  by: Person & { isLead: boolean };
  now: Date;
}

/** Undefined: it is so already. Every decision throws UserError 409 when the alert does not allow it. */
export type Decision = { set: Partial<Triaged>; history: HistoryEntry[] } | undefined;

export function advance(situation: Situation, move: 'acknowledge' | 'start'): Decision {
  const { alert } = situation;
  const to = next(situation, move);
  if (to === alert.status) return undefined;
  const noted = takeNote(situation);
  return { set: { status: to, ...noted.set }, history: [{ kind: 'status', from: alert.status, to }, ...noted.history] };
}

export function close(situation: Situation, verdict: Verdict, note?: string): Decision {
  const { alert, now } = situation;
  const status = next(situation, 'close');
  const noted = takeNote(situation);
  const set = {
    ...noted.set,
    status,
    verdict,
    closedAt: now,
    claimedBy: null,
    claimedName: null,
    claimExpiresAt: null,
  };
  const text = note === undefined ? verdict : `${verdict}: ${note}`;
  return { set, history: [...noted.history, { kind: 'status', from: alert.status, to: status, text }] };
}

export function reopen(situation: Situation): Decision {
  const to = next(situation, 'reopen');
  return { set: FRESH, history: [{ kind: 'status', from: situation.alert.status, to }] };
}

/** Exclusive for the lease; claiming is taking note. A holder renews by claiming again. */
export function claim(
  situation: Situation,
  { steal, reason }: { steal: boolean; reason?: string | undefined },
): Decision {
  const { alert, by, now } = situation;
  if (alert.status === 'closed') throw conflict('This alert is closed: reopen it first.');
  const held = heldByAnother(alert, by.id, now);
  if (held && !steal) throw heldUp(alert);
  if (held && !maySteal(by.isLead, reason)) throw invalid('reason', 'is required to take over a claim');
  const noted =
    alert.status === 'new' ? advance({ ...situation, alert: { ...alert, claimedBy: null } }, 'acknowledge') : undefined;
  const renewed = alert.claimedBy === by.id && alert.claimExpiresAt !== null && alert.claimExpiresAt > now;
  const entry: HistoryEntry = {
    kind: held ? 'stolen' : 'claimed',
    from: held ? alert.claimedName : null,
    to: by.name,
    text: reason,
  };
  return {
    set: { ...noted?.set, claimedBy: by.id, claimedName: by.name, claimExpiresAt: new Date(now.getTime() + LEASE_MS) },
    history: [...(noted?.history ?? []), ...(renewed ? [] : [entry])],
  };
}

export function release({ alert, by, now }: Situation): Decision {
  if (heldByAnother(alert, by.id, now)) throw heldUp(alert);
  if (alert.claimedBy === null) return undefined;
  return {
    set: { claimedBy: null, claimedName: null, claimExpiresAt: null },
    history: [{ kind: 'released', from: alert.claimedName }],
  };
}

/** @param to null: nobody */
export function assign(situation: Situation, to: Person | null): Decision {
  const { alert } = situation;
  refuseHeld(situation);
  if (alert.status === 'closed') throw conflict('This alert is closed: reopen it first.');
  return alert.assigneeId === (to?.id ?? null) ? undefined : assignment(alert, to);
}

export function comment(text: string): Decision {
  return { set: {}, history: [{ kind: 'comment', text }] };
}

function next(situation: Situation, move: Move): Status {
  refuseHeld(situation);
  const { status } = situation.alert;
  const to = statusAfter(status, move);
  if (!to) throw conflict(`This alert is ${status.replace('_', ' ')}: there is nothing to ${move}.`);
  return to;
}

/** The first to do anything with an alert has acknowledged it, and has it unless somebody else does. */
function takeNote({ alert, by, now }: Situation): { set: Partial<Triaged>; history: HistoryEntry[] } {
  const acknowledgedAt = alert.acknowledgedAt ?? now;
  if (alert.assigneeId !== null) return { set: { acknowledgedAt }, history: [] };
  const { set, history } = assignment(alert, by);
  return { set: { acknowledgedAt, ...set }, history };
}

function assignment(alert: Triaged, to: Person | null): { set: Partial<Triaged>; history: HistoryEntry[] } {
  return {
    set: { assigneeId: to?.id ?? null, assigneeName: to?.name ?? null },
    history: [{ kind: 'assigned', from: alert.assigneeName, to: to?.name ?? null }],
  };
}

function refuseHeld({ alert, by, now }: Situation): void {
  if (heldByAnother(alert, by.id, now)) throw heldUp(alert);
}

function heldUp({ claimedName, claimExpiresAt }: Triaged): Error {
  return conflict(
    `${claimedName ?? 'Somebody'} works on this alert until ${claimExpiresAt?.toISOString() ?? 'released'}.`,
  );
}
