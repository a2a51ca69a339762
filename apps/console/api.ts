import createClient from 'openapi-fetch';
import type { paths } from './api.generated.js';
import { ProblemError, readProblem } from './problem.js';

const PATIENCE_MS = 20_000;
const signOutListeners = new Set<() => void>();

/** The REST interface, as the person who is signed in. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]) }),
});

type Answered<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: { 200: { content: { 'application/json': infer T } } };
}
  ? T
  : never;

export type Me = Answered<'/api/v1/session', 'get'>;
export type AlertPage = Answered<'/api/v1/alerts', 'get'>;
export type Alert = AlertPage['items'][number];
export type AlertDetail = Answered<'/api/v1/alerts/{id}', 'get'>;
export type EvidencePage = Answered<'/api/v1/alerts/{id}/events', 'get'>;
export type HistoryEntry = AlertDetail['history'][number];
export type Person = Answered<'/api/v1/people', 'get'>['items'][number];
export type Tenant = Answered<'/api/v1/tenants', 'get'>['items'][number];
export type Severity = Alert['severity'];
export type Status = Alert['status'];
export type Verdict = NonNullable<Alert['verdict']>;

/** @throws ProblemError when the server refuses; whatever `fetch` throws when it is not reached */
export async function answered<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  const problem = readProblem(response.status, error);
  if (response.status === 401) for (const listener of signOutListeners) listener();
  throw new ProblemError(problem);
}

/** Calls when the server no longer knows who we are. @returns how to stop */
export function onSignedOut(listener: () => void): () => void {
  signOutListeners.add(listener);
  return () => signOutListeners.delete(listener);
}
