import { useCallback, useState } from 'react';
import type { Alert } from './api.js';
import type { BulkTriage } from './bulk-triage.js';
import type { Closing } from './triage.js';

/** The selected alerts, or the current one when none is selected, and what is done with them. */
export interface Selection {
  ids: ReadonlySet<string>;
  count: number;
  /** Those whose verdict is being asked for. */
  closing: readonly Alert[] | null;
  toggle(id: string): void;
  clear(): void;
  acknowledge(): void;
  askToClose(): void;
  close(closing: Closing): void;
  cancel(): void;
}

/** @param triage null: the person may only look */
export function useSelection(rows: readonly Alert[], current: string | null, triage: BulkTriage | null): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [closing, setClosing] = useState<readonly Alert[] | null>(null);
  const toggle = useCallback((id: string) => setIds((now) => toggled(now, id)), []);
  const clear = (): void => setIds(new Set());
  const chosen = rows.filter(({ id }) => ids.has(id));
  const targets = chosen.length > 0 ? chosen : rows.filter(({ id }) => id === current);
  return {
    ids,
    count: triage ? chosen.length : 0,
    closing,
    toggle,
    clear,
    acknowledge() {
      void triage?.acknowledge(targets);
      clear();
    },
    askToClose() {
      const open = targets.filter(({ status }) => status !== 'closed');
      if (triage && open.length > 0) setClosing(open);
    },
    close(verdict) {
      void triage?.close(closing ?? [], verdict);
      setClosing(null);
      clear();
    },
    cancel: () => setClosing(null),
  };
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const result = new Set(ids);
  if (!result.delete(id)) result.add(id);
  return result;
}
