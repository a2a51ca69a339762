import { conflict, type UserError } from '#platform/errors.js';

export const TICKET_STATES = ['draft', 'approved', 'rejected'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** A span of time in which changes are expected, and where. */
export interface PlannedChange {
  kind: 'maintenance_window' | 'change_ticket';
  id: string;
  reference: string | null;
  reason: string;
  assetIds: readonly string[];
  zoneId: string | null;
  siteId: string | null;
  /** Half-open: `[startsAt, endsAt)`. */
  startsAt: Date;
  endsAt: Date;
}

export interface Justification {
  kind: PlannedChange['kind'];
  id: string;
  reference: string | null;
  reason: string;
}

/** Where an asset was at the time in question. */
export interface ChangedAsset {
  id: string;
  zoneId: string | null;
  siteId: string | null;
}

/** What expected a change of this asset at this time; a ticket says more than a window, the older more than the newer. */
export function justify(changes: readonly PlannedChange[], asset: ChangedAsset, at: Date): Justification | null {
  const [best] = changes.filter((change) => inTime(change, at) && covers(change, asset)).toSorted(byWeight);
  return best ? { kind: best.kind, id: best.id, reference: best.reference, reason: best.reason } : null;
}

function inTime({ startsAt, endsAt }: PlannedChange, at: Date): boolean {
  return startsAt <= at && at < endsAt;
}

function covers({ assetIds, zoneId, siteId }: PlannedChange, asset: ChangedAsset): boolean {
  if (assetIds.includes(asset.id)) return true;
  return (zoneId !== null && zoneId === asset.zoneId) || (siteId !== null && siteId === asset.siteId);
}

function byWeight(a: PlannedChange, b: PlannedChange): number {
  return a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id);
}

/** Two people stand behind a change: whoever asks for it does not decide it. @returns what is wrong with a decision */
export function refusedDecision(
  ticket: { state: TicketState; createdBy: string },
  personId: string,
): UserError | undefined {
  if (ticket.state !== 'draft') return conflict(`The ticket is ${ticket.state} already.`);
  if (ticket.createdBy === personId) return conflict('Somebody other than its author decides a ticket.');
  return undefined;
}
