import type { Alert, AlertPage } from './api.js';
import type { Problem } from './problem.js';
import { belongs, queueOrder, type QueueFilter } from './queue-filter.js';

/** The queue as it is on the screen. Rows are amended where they stand; new ones wait until they are asked for. */
export interface Queue {
  rows: readonly Alert[];
  waiting: readonly Alert[];
  /** Where the next page starts; null: everything is here. */
  next: string | null;
  phase: 'loading' | 'ready' | 'failed';
  problem: Problem | null;
  /** Shown a moment ago, to be marked. */
  fresh: ReadonlySet<string>;
}

export type QueueEvent =
  | { kind: 'asked'; first: boolean }
  | { kind: 'paged'; page: AlertPage; first: boolean }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'changed'; alert: Alert; filter: QueueFilter; myId: string }
  | { kind: 'revealed'; sort: QueueFilter['sort'] };

export const NO_QUEUE: Queue = {
  rows: [],
  waiting: [],
  next: null,
  phase: 'loading',
  problem: null,
  fresh: new Set(),
};

export function queueAfter(queue: Queue, event: QueueEvent): Queue {
  switch (event.kind) {
    case 'asked':
      return { ...queue, ...(event.first ? { waiting: [] } : {}), phase: 'loading', problem: null };
    case 'paged':
      return paged(queue, event.page, event.first);
    case 'failed':
      return { ...queue, phase: 'failed', problem: event.problem };
    case 'changed':
      return changed(queue, event);
    case 'revealed':
      return {
        ...queue,
        rows: [...queue.waiting, ...queue.rows].toSorted((one, other) => queueOrder(one, other, event.sort)),
        waiting: [],
        fresh: new Set(queue.waiting.map(({ id }) => id)),
      };
  }
}

/** What came live while the page was on its way may be newer than the page. */
function paged(queue: Queue, { items, next }: AlertPage, first: boolean): Queue {
  const before = first ? [] : queue.rows;
  const known = new Set(before.map(({ id }) => id));
  const rows = [...before, ...items.filter(({ id }) => !known.has(id))].map((row) => newer(queue.waiting, row));
  const shown = new Set(rows.map(({ id }) => id));
  const waiting = queue.waiting.filter(({ id }) => !shown.has(id));
  return { rows, waiting, next, phase: 'ready', problem: null, fresh: new Set() };
}

function newer(alerts: readonly Alert[], row: Alert): Alert {
  return alerts.find(({ id, revision }) => id === row.id && revision > row.revision) ?? row;
}

function changed(queue: Queue, { alert, filter, myId }: Extract<QueueEvent, { kind: 'changed' }>): Queue {
  const shown = queue.rows.find(({ id }) => id === alert.id);
  if (shown) {
    if (shown.revision > alert.revision) return queue;
    return { ...queue, rows: queue.rows.map((row) => (row.id === alert.id ? alert : row)) };
  }
  const waiting = queue.waiting.filter(({ id }) => id !== alert.id);
  const last = queue.rows.at(-1);
  const further = queue.next !== null && last !== undefined && queueOrder(alert, last, filter.sort) > 0;
  return { ...queue, waiting: belongs(alert, filter, myId) && !further ? [alert, ...waiting] : waiting };
}
