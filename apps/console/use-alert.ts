import { useEffect, useEffectEvent, useState } from 'react';
import { answered, api, type Alert, type AlertDetail } from './api.js';
import type { Live } from './live.js';
import { problemOf, type Problem } from './problem.js';

/** A flood of amendments is read once in this time. */
const CALM_MS = 700;

export interface OpenAlert {
  detail: AlertDetail | null;
  problem: Problem | null;
  /** Shows what the server answered. */
  put(detail: AlertDetail): void;
  reload(): void;
}

/** One alert with its history, kept up to date by the event stream. */
export function useAlert(id: string, live: Live): OpenAlert {
  const [detail, setDetail] = useState<AlertDetail | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  const put = (found: AlertDetail): void => {
    setDetail((now) => (now && now.revision > found.revision ? now : found));
    setProblem(null);
  };
  const hear = useEffectEvent((alert: Alert) => {
    if (alert.id !== id) return false;
    setDetail((now) => now && { ...now, ...alert, rule: now.rule });
    return true;
  });
  const { opened, subscribe } = live;
  useEffect(() => {
    const stop = new AbortController();
    answered(api.GET('/api/v1/alerts/{id}', { params: { path: { id } }, signal: stop.signal })).then(
      put,
      (error: unknown) => !stop.signal.aborted && setProblem(problemOf(error)),
    );
    return () => stop.abort();
  }, [id, attempt, opened]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribe((alert) => {
      if (!hear(alert) || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        setAttempt((count) => count + 1);
      }, CALM_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [id, subscribe]);
  return { detail, problem, put, reload: () => setAttempt((count) => count + 1) };
}
