import { useEffect, useEffectEvent, useState } from 'react';
import { answered, api } from './api.js';
import { evidenceEvent, type EvidenceEvent } from './evidence-event.js';
import { problemOf, type Problem } from './problem.js';

const PAGE = 100;
/** An event can be searched a second after it was stored; an alert may be quicker. */
const RETRY_MS = 1200;
const RETRIES = 5;

interface Loaded {
  events: readonly EvidenceEvent[];
  /** Ids of events that are no longer kept. */
  missing: readonly string[];
  next: string | null;
}

export interface Evidence extends Loaded {
  busy: boolean;
  problem: Problem | null;
  more(): void;
  /** From the first page. */
  reload(): void;
}

const NOTHING: Loaded = { events: [], missing: [], next: null };

/** The events that an alert rests on, oldest first. */
export function useEvidence(alertId: string): Evidence {
  const [loaded, setLoaded] = useState(NOTHING);
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = async (before: Loaded): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const query = { limit: PAGE, ...(before.next ? { cursor: before.next } : {}) };
    try {
      const page = await answered(api.GET('/api/v1/alerts/{id}/events', { params: { path: { id: alertId }, query } }));
      setLoaded({
        events: [...before.events, ...page.items.map(evidenceEvent)],
        missing: [...before.missing, ...page.missing],
        next: page.next,
      });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const start = useEffectEvent(() => void read(NOTHING));
  useEffect(() => start(), [alertId]);
  const [retries, setRetries] = useState(0);
  useEffect(() => {
    if (loaded.missing.length === 0 || retries >= RETRIES) return;
    const timer = setTimeout(() => {
      setRetries(retries + 1);
      start();
    }, RETRY_MS);
    return () => clearTimeout(timer);
  }, [loaded, retries]);
  return { ...loaded, busy, problem, more: () => void read(loaded), reload: () => void read(NOTHING) };
}
