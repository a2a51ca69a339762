import { useSyncExternalStore } from 'react';

const TICK_MS = 5000;
let now = Date.now();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, milliseconds since 1970, five seconds coarse: one clock for all ages on the screen. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => now);
}
