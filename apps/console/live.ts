import { useEffect, useState } from 'react';
import { answered, api, type Alert } from './api.js';

export type Connection = 'connecting' | 'live' | 'lost';

/** Alerts as they change, from the server's event stream. */
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

const STREAM = '/api/v1/alerts/stream';
/** The server gives a sign of life every 15 seconds. */
const SILENCE_MS = 40_000;
const RETRY_MS = 4000;

export function useLive(): Live {
  const [listeners] = useState(() => new Set<(alert: Alert) => void>());
  const [state, setState] = useState<State>({ connection: 'connecting', lostAt: null, opened: 0 });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const source = new EventSource(STREAM);
    let timer = setTimeout(lose, SILENCE_MS);
    function lose(): void {
      source.close();
      clearTimeout(timer);
      setState((now) => ({ ...now, connection: 'lost', lostAt: now.lostAt ?? Date.now() }));
      timer = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS);
      // An event stream does not tell why it broke; this does when the session has ended.
      answered(api.GET('/api/v1/session')).catch(() => undefined);
    }
    function sign(): void {
      clearTimeout(timer);
      timer = setTimeout(lose, SILENCE_MS);
      setState((now) => (now.connection === 'live' ? now : { connection: 'live', lostAt: null, opened: now.opened + 1 }));
    }
    source.addEventListener('open', sign);
    source.addEventListener('heartbeat', sign);
    source.addEventListener('error', lose);
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      sign();
      const alert = JSON.parse(data) as Alert;
      for (const listener of listeners) listener(alert);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [attempt, listeners]);
  const [subscribe] = useState(() => (listener: (alert: Alert) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  });
  return { ...state, subscribe };
}
