import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Alert, Tenant } from './api.js';
import type { BulkTriage } from './bulk-triage.js';
import { CloseDialog } from './close-dialog.js';
import { useKeys } from './keys.js';
import { go, refine } from './location.js';
import { Empty, Notice } from './notice.js';
import { EVERYTHING_OPEN } from './queue-filter.js';
import { QueueFilters, isNarrow } from './queue-filters.js';
import { QueueHeadline } from './queue-headline.js';
import { rowLinkId } from './queue-row.js';
import { QueueTable } from './queue-table.js';
import { SelectionBar } from './selection-bar.js';
import type { LiveQueue } from './use-queue.js';

interface QueueScreenProps {
  queue: LiveQueue;
  tenants: readonly Tenant[];
  triage: BulkTriage | null;
  current: string | null;
  onPoint: (id: string) => void;
}

export function QueueScreen({ queue, tenants, triage, current, onPoint }: QueueScreenProps) {
  const search = useRef<HTMLInputElement>(null);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [closing, setClosing] = useState<readonly Alert[] | null>(null);
  const { rows, waiting, phase, problem, filter } = queue;
  const select = useCallback((id: string) => setSelection((now) => now.symmetricDifference(new Set([id]))), []);
  const clear = (): void => setSelection(new Set());
  const chosen = rows.filter(({ id }) => selection.has(id));
  const targets = chosen.length > 0 ? chosen : rows.filter(({ id }) => id === current);
  const move = (step: number): void => {
    const at = rows.findIndex(({ id }) => id === current);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next) document.getElementById(rowLinkId(next.id))?.focus();
  };
  const askToClose = (): void => {
    const open = targets.filter(({ status }) => status !== 'closed');
    if (triage && open.length > 0) setClosing(open);
  };
  const acknowledge = (): void => {
    void triage?.acknowledge(targets);
    clear();
  };
  const focusCurrent = useEffectEvent(() => current && document.getElementById(rowLinkId(current))?.focus());
  useEffect(() => void focusCurrent(), []);
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    o: () => current && go({ screen: 'alert', id: current }),
    x: () => current && select(current),
    a: acknowledge,
    c: askToClose,
    n: queue.reveal,
    r: queue.reload,
    '/': () => search.current?.focus(),
    Escape: clear,
  });
  return (
    <main className="queue">
      <div className="queue-head">
        <QueueHeadline rows={rows} more={queue.next !== null} />
        <QueueFilters filter={filter} tenants={tenants} search={search} onChange={refine} />
      </div>
      {waiting.length > 0 && (
        <button className="arrivals" onClick={queue.reveal}>
          {waiting.length} new <kbd>n</kbd>
        </button>
      )}
      <span className="unseen" role="status">
        {waiting.length > 0 && `${waiting.length} new alerts`}
      </span>
      {problem && (
        <Notice problem={problem}>
          <button onClick={queue.reload}>Try again</button>
        </Notice>
      )}
      <div className="queue-scroll" aria-busy={phase === 'loading'}>
        {rows.length > 0 && (
          <QueueTable {...{ rows, current, selection, onPoint }} fresh={queue.fresh} onSelect={select} />
        )}
        {rows.length === 0 && phase === 'loading' && <p className="loading">Reading the queue…</p>}
        {rows.length === 0 && phase === 'ready' && <EmptyQueue narrow={isNarrow(filter)} />}
        {queue.next && (
          <button className="more" onClick={queue.more} disabled={phase === 'loading'}>
            {phase === 'loading' ? 'Loading…' : 'Load more'}
          </button>
        )}
      </div>
      {chosen.length > 0 && triage && (
        <SelectionBar count={chosen.length} onAcknowledge={acknowledge} onClose={askToClose} onClear={clear} />
      )}
      {closing && (
        <CloseDialog
          alerts={closing}
          onCancel={() => setClosing(null)}
          onClose={(verdict) => {
            void triage?.close(closing, verdict);
            setClosing(null);
            clear();
          }}
        />
      )}
    </main>
  );
}

function EmptyQueue({ narrow }: { narrow: boolean }) {
  if (!narrow) return <Empty title="The queue is empty">New alerts appear here by themselves.</Empty>;
  return (
    <Empty title="No alert matches the filters">
      <button onClick={() => refine(EVERYTHING_OPEN)}>Show everything open</button>
    </Empty>
  );
}
