export const STATUSES = ['new', 'acknowledged', 'in_progress', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

export const VERDICTS = [
  'true_positive',
  'benign_true_positive',
  'false_positive',
  'duplicate',
  'test',
  'undetermined',
] as const;
export type Verdict = (typeof VERDICTS)[number];

export const MOVES = ['acknowledge', 'start', 'close', 'reopen'] as const;
export type Move = (typeof MOVES)[number];

/** Where a move leads from each status; what is not listed is refused. A move to where one is already changes nothing. */
const TABLE: Record<Move, Partial<Record<Status, Status>>> = {
  acknowledge: { new: 'acknowledged', acknowledged: 'acknowledged' },
  start: { new: 'in_progress', acknowledged: 'in_progress', in_progress: 'in_progress' },
  close: { new: 'closed', acknowledged: 'closed', in_progress: 'closed' },
  reopen: { closed: 'new' },
};

/** @returns undefined when the move is refused */
export function statusAfter(status: Status, move: Move): Status | undefined {
  return TABLE[move][status];
}

/** An alert that is new, also for the second time, belongs to nobody: whoever had it may be off shift. */
export const FRESH = {
  status: 'new',
  verdict: null,
  closedAt: null,
  assigneeId: null,
  assigneeName: null,
  claimedBy: null,
  claimedName: null,
  claimExpiresAt: null,
} as const;

/** How long a claim holds without being renewed, milliseconds. */
export const LEASE_MS = 30 * 60_000;

export interface Claim {
  claimedBy: string | null;
  claimExpiresAt: Date | null;
}

/** Whether somebody else works on it now. A claim that ran out holds nobody up. */
export function heldByAnother({ claimedBy, claimExpiresAt }: Claim, personId: string, now: Date): boolean {
  return claimedBy !== null && claimedBy !== personId && claimExpiresAt !== null && claimExpiresAt > now;
}

/** A lead takes over at will, others say why. */
export function maySteal(isLead: boolean, reason: string | undefined): boolean {
  return isLead || Boolean(reason);
}
