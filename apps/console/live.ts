import { useEffect, useState } from 'react';
import type { Alert } from './api.js';
import { listenToAlerts } from './live-stream.js';

export type Connection = 'connecting' | 'live' | 'lost';

/** Alerts as they change. */
export interface Live {
  connection: Connection;
  /** Since when nothing has come; null while it comes. */
  lostAt: number | null;
  /** How often it was opened. What happened before is in no message: read again when this grows. */
  opened: number;
  /** @returns how to stop */
  subscribe(listener: (alert: Alert) => void): () => void;
}

type State = Omit<Live, 'subscribe'>;

export function useLive(): Live {
  const [listeners] = useState(() => new Set<(alert: Alert) => void>());
  const [state, setState] = useState<State>({ connection: 'connecting', lostAt: null, opened: 0 });
  const [subscribe] = useState(() => (listener: (alert: Alert) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  });
  useEffect(
    () =>
      listenToAlerts({
        alive: () => setState(opened),
        lost: () => setState((now) => ({ ...now, connection: 'lost', lostAt: now.lostAt ?? Date.now() })),
        changed: (alert) => {
          for (const listener of listeners) listener(alert);
        },
      }),
    [listeners],
  );
  return { ...state, subscribe };
}

function opened(now: State): State {
  return now.connection === 'live' ? now : { connection: 'live', lostAt: null, opened: now.opened + 1 };
}
