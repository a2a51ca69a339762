import { answered, api, type Alert } from './api.js';

const STREAM = '/api/v1/alerts/stream';
/** The server gives a sign of life every 15 seconds. */
const SILENCE_MS = 40_000;
const RETRY_MS = 4000;

export interface StreamListener {
  /** Something came: the line is alive. */
  alive(): void;
  lost(): void;
  changed(alert: Alert): void;
}

/** Listens to the server's event stream, and again whenever it breaks or falls silent. @returns how to stop */
export function listenToAlerts(listener: StreamListener): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (milliseconds: number, then: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(then, milliseconds);
  };
  const alive = (): void => {
    wait(SILENCE_MS, lose);
    listener.alive();
  };
  const lose = (): void => {
    source.close();
    wait(RETRY_MS, open);
    listener.lost();
    // An event stream does not tell why it broke; this does when the session has ended.
    answered(api.GET('/api/v1/session')).catch(() => undefined);
  };
  const open = (): void => {
    source?.close();
    source = new EventSource(STREAM);
    wait(SILENCE_MS, lose);
    source.addEventListener('open', alive);
    source.addEventListener('heartbeat', alive);
    source.addEventListener('error', lose);
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      alive();
      listener.changed(JSON.parse(data) as Alert);
    });
  };
  open();
  addEventListener('offline', lose);
  addEventListener('online', open);
  return () => {
    clearTimeout(timer);
    removeEventListener('offline', lose);
    removeEventListener('online', open);
    source.close();
  };
}
