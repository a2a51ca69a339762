import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react';
import { answered, api, type Alert } from './api.js';
import type { Live } from './live.js';
import { problemOf } from './problem.js';
import { NO_QUEUE, queueAfter, type Queue } from './queue.js';
import { VIEWS, paramsOf, type QueueFilter } from './queue-filter.js';

const PAGE = 100;

export interface LiveQueue extends Queue {
  filter: QueueFilter;
  more(): void;
  reload(): void;
  reveal(): void;
  /** Shows an alert as it is said to be. */
  put(alert: Alert): void;
}

/** The pages of a filter, kept up to date by the event stream. */
export function useQueue(filter: QueueFilter, live: Live, myId: string): LiveQueue {
  const [queue, dispatch] = useReducer(queueAfter, NO_QUEUE);
  const [attempt, setAttempt] = useState(0);
  const wish = useRef<AbortController>(null);
  const read = async (cursor: string | null): Promise<void> => {
    wish.current?.abort();
    const { signal } = (wish.current = new AbortController());
    dispatch({ kind: 'asked', first: cursor === null });
    try {
      const query = { ...queryOf(filter), ...(cursor ? { cursor } : {}) };
      const page = await answered(api.GET('/api/v1/alerts', { params: { query }, signal }));
      if (!signal.aborted) dispatch({ kind: 'paged', page, first: cursor === null });
    } catch (error) {
      if (!signal.aborted) dispatch({ kind: 'failed', problem: problemOf(error) });
    }
  };
  const readFirst = useEffectEvent(() => void read(null));
  const put = (alert: Alert): void => dispatch({ kind: 'changed', alert, filter, myId });
  const hear = useEffectEvent(put);

  const { opened, subscribe } = live;
  const question = paramsOf(filter).toString();
  useEffect(() => readFirst(), [question, attempt, opened]);
  useEffect(() => subscribe((alert) => hear(alert)), [subscribe]);

  return {
    ...queue,
    filter,
    put,
    more: () => void read(queue.next),
    reload: () => setAttempt((count) => count + 1),
    reveal: () => dispatch({ kind: 'revealed', sort: filter.sort }),
  };
}

function queryOf({ view, severities, tenant, mine, text, sort }: QueueFilter) {
  return {
    limit: PAGE,
    sort,
    status: [...VIEWS[view]],
    ...(severities.length > 0 ? { severity: [...severities] } : {}),
    ...(tenant ? { tenant } : {}),
    ...(mine ? { assignee: 'me' as const } : {}),
    ...(text.trim() ? { q: text.trim() } : {}),
  };
}
