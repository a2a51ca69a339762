import { answered, api, type Alert, type AlertDetail, type Verdict } from './api.js';

/**
 * What people do to an alert; each answers with the alert as it is then. What says the same however much the alert has
 * grown meanwhile names no revision; the others throw a ProblemError 412 when it has changed.
 */
export function acknowledge({ id }: Alert): Promise<AlertDetail> {
  return answered(api.POST('/api/v1/alerts/{id}/acknowledge', { params: { path: { id } }, body: {} }));
}

export function start({ id }: Alert): Promise<AlertDetail> {
  return answered(api.POST('/api/v1/alerts/{id}/start', { params: { path: { id } }, body: {} }));
}

/** @param reason for taking it over from somebody who holds it */
export function claim({ id }: Alert, reason?: string): Promise<AlertDetail> {
  const body = reason ? { steal: true, reason } : {};
  return answered(api.POST('/api/v1/alerts/{id}/claim', { params: { path: { id } }, body }));
}

export function release({ id }: Alert): Promise<AlertDetail> {
  return answered(api.POST('/api/v1/alerts/{id}/release', { params: { path: { id } }, body: {} }));
}

export function assign({ id, revision }: Alert, person: string | null): Promise<AlertDetail> {
  return answered(api.POST('/api/v1/alerts/{id}/assign', { params: { path: { id } }, body: { revision, person } }));
}

/** Comments do not get in each other's way: whatever the alert has become, this is said about it. */
export function comment({ id }: Alert, text: string): Promise<AlertDetail> {
  return answered(api.POST('/api/v1/alerts/{id}/comment', { params: { path: { id } }, body: { text } }));
}

export interface Closing {
  verdict: Verdict;
  note: string;
}

export function close({ id, revision }: Alert, { verdict, note }: Closing): Promise<AlertDetail> {
  const body = { revision, verdict, ...(note.trim() ? { note } : {}) };
  return answered(api.POST('/api/v1/alerts/{id}/close', { params: { path: { id } }, body }));
}

export function reopen({ id, revision }: Alert): Promise<AlertDetail> {
  return answered(api.POST('/api/v1/alerts/{id}/reopen', { params: { path: { id } }, body: { revision } }));
}
