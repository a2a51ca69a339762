import { describe, expect, it } from 'vitest';
import type { Alert } from './api.js';
import { NO_QUEUE, queueAfter, type Queue } from './queue.js';
import { EVERYTHING_OPEN, filterOf, paramsOf, type QueueFilter } from './queue-filter.js';

function anAlert(change: Partial<Alert> = {}): Alert {
  return {
    id: '1'.repeat(32),
    rule: { id: 'r', title: 'Repeated failed access' },
    tenant: { id: 't1', name: 'Riverside' },
    severity: 'medium',
    riskScore: 50,
    status: 'new',
    verdict: null,
    summary: 'Failed password for root',
    group: {},
    techniques: [],
    assets: [],
    count: 6,
    firstEventAt: '2026-11-23T02:00:00.000Z',
    lastEventAt: '2026-11-23T02:00:05.000Z',
    raisedAt: '2026-11-23T02:00:06.000Z',
    acknowledgedAt: null,
    closedAt: null,
    assignee: null,
    claim: null,
    revision: 1,
    ...change,
  };
}

const shown = anAlert();
const other = anAlert({ id: '2'.repeat(32), riskScore: 90 });

function aQueue(change: Partial<Queue> = {}): Queue {
  return { ...NO_QUEUE, phase: 'ready', rows: [shown], ...change };
}

function changed(queue: Queue, alert: Alert, filter: QueueFilter = EVERYTHING_OPEN): Queue {
  return queueAfter(queue, { kind: 'changed', alert, filter, myId: 'me' });
}

describe('an alert that changes', () => {
  it('is amended where it stands, even when it no longer belongs there', () => {
    const closed = anAlert({ status: 'closed', revision: 2 });
    expect(changed(aQueue(), closed)).toMatchObject({ rows: [closed], waiting: [] });
  });

  it('is not put back by an older message', () => {
    const rows = [anAlert({ revision: 3 })];
    expect(changed(aQueue({ rows }), anAlert({ revision: 2 })).rows).toEqual(rows);
  });

  it('waits when it is new, once', () => {
    const again = { ...other, revision: 2 };
    expect(changed(changed(aQueue(), other), again)).toMatchObject({ rows: [shown], waiting: [again] });
  });

  it('is left out when the filter says so, and when it stands further down than what is loaded', () => {
    expect(changed(aQueue(), other, { ...EVERYTHING_OPEN, tenant: 't2' }).waiting).toEqual([]);
    expect(changed(aQueue(), other, { ...EVERYTHING_OPEN, text: 'PLC' }).waiting).toEqual([]);
    expect(changed(aQueue(), other, { ...EVERYTHING_OPEN, mine: true }).waiting).toEqual([]);
    expect(changed(aQueue({ next: 'more' }), anAlert({ id: '3'.repeat(32), riskScore: 10 })).waiting).toEqual([]);
  });
});

describe('the queue', () => {
  it('shows what waits in its order, marked', () => {
    const queue = queueAfter(changed(aQueue(), other), { kind: 'revealed', sort: 'risk' });
    expect(queue).toMatchObject({ rows: [other, shown], waiting: [] });
    expect([...queue.fresh]).toEqual([other.id]);
  });

  it('takes from a page what is not there yet, and what came live meanwhile', () => {
    const newer = { ...other, revision: 7 };
    const page = { items: [shown, other], next: null };
    const queue = queueAfter(aQueue({ waiting: [newer] }), { kind: 'paged', page, first: false });
    expect(queue).toMatchObject({ rows: [shown, newer], waiting: [], next: null });
  });

  it('forgets what waited under another filter', () => {
    expect(queueAfter(aQueue({ waiting: [other] }), { kind: 'asked', first: true }).waiting).toEqual([]);
  });
});

describe('a filter in the address', () => {
  it('comes back as it was', () => {
    const filter: QueueFilter = {
      view: 'closed',
      severities: ['critical', 'low'],
      tenant: 't1',
      mine: true,
      text: 'a&b=c',
      sort: 'newest',
    };
    expect(filterOf(new URLSearchParams(paramsOf(filter).toString()))).toEqual(filter);
    expect(paramsOf(EVERYTHING_OPEN).toString()).toBe('');
  });

  it('ignores what it does not know', () => {
    expect(filterOf(new URLSearchParams('view=constructor&severity=worst&sort=x'))).toEqual(EVERYTHING_OPEN);
  });
});
