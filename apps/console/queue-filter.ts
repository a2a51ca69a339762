import type { Alert, Severity, Status } from './api.js';

/** Worst first: the order in which they are shown. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

/** Which statuses a view of the queue shows. */
export const VIEWS = {
  open: ['new', 'acknowledged', 'in_progress'],
  new: ['new'],
  held: ['acknowledged', 'in_progress'],
  closed: ['closed'],
  all: ['new', 'acknowledged', 'in_progress', 'closed'],
} as const satisfies Record<string, readonly Status[]>;
export type View = keyof typeof VIEWS;

export interface QueueFilter {
  view: View;
  /** Empty: every severity. */
  severities: readonly Severity[];
  tenant: string | null;
  mine: boolean;
  text: string;
  sort: 'risk' | 'newest';
}

export const EVERYTHING_OPEN: QueueFilter = {
  view: 'open',
  severities: [],
  tenant: null,
  mine: false,
  text: '',
  sort: 'risk',
};

/** Reads what `paramsOf` wrote; whatever else an address says is left out. */
export function filterOf(params: URLSearchParams): QueueFilter {
  const view = params.get('view') ?? 'open';
  const wanted = params.get('severity')?.split(',') ?? [];
  return {
    view: isView(view) ? view : 'open',
    severities: SEVERITIES.filter((severity) => wanted.includes(severity)),
    tenant: params.get('tenant'),
    mine: params.has('mine'),
    text: params.get('q') ?? '',
    sort: params.get('sort') === 'newest' ? 'newest' : 'risk',
  };
}

export function paramsOf({ view, severities, tenant, mine, text, sort }: QueueFilter): URLSearchParams {
  return new URLSearchParams({
    ...(view === 'open' ? {} : { view }),
    ...(severities.length > 0 ? { severity: severities.join(',') } : {}),
    ...(tenant ? { tenant } : {}),
    ...(mine ? { mine: '' } : {}),
    ...(text ? { q: text } : {}),
    ...(sort === 'risk' ? {} : { sort }),
  });
}

/** The same question as the server answers for a page: an alert that comes live belongs here or not. */
export function belongs(alert: Alert, { view, severities, tenant, mine, text }: QueueFilter, myId: string): boolean {
  const statuses: readonly Status[] = VIEWS[view];
  const words = `${alert.rule.title} ${alert.summary}`.toLowerCase();
  return (
    statuses.includes(alert.status) &&
    (severities.length === 0 || severities.includes(alert.severity)) &&
    (tenant === null || alert.tenant.id === tenant) &&
    (!mine || alert.assignee?.id === myId) &&
    words.includes(text.trim().toLowerCase())
  );
}

/** Negative when `one` is shown before `other`. */
export function queueOrder(one: Alert, other: Alert, sort: QueueFilter['sort']): number {
  const byRisk = sort === 'risk' ? other.riskScore - one.riskScore : 0;
  return byRisk || Date.parse(other.raisedAt) - Date.parse(one.raisedAt) || (one.id < other.id ? 1 : -1);
}

function isView(name: string): name is View {
  return Object.hasOwn(VIEWS, name);
}
