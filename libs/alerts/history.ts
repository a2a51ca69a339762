export const HISTORY_KINDS = [
  'raised',
  'amended',
  'status',
  'assigned',
  'claimed',
  'stolen',
  'released',
  'comment',
  'escalated',
] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

export interface Actor {
  kind: 'person' | 'system';
  id: string;
  name: string;
}

/** One line of an alert's history. */
export interface HistoryEntry {
  kind: HistoryKind;
  from?: string | null;
  to?: string | null;
  text?: string | null | undefined;
}

/** Who did it to which alert, and when. */
export interface Deed {
  alertId: string;
  at: Date;
  actor: Actor;
}
