import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import type { Tenant } from './api.js';
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
import { useSelection } from './use-selection.js';

interface QueueScreenProps {
  queue: LiveQueue;
  tenants: readonly Tenant[];
  triage: BulkTriage | null;
  current: string | null;
  onPoint: (id: string) => void;
}

export function QueueScreen({ queue, tenants, triage, current, onPoint }: QueueScreenProps) {
  const search = useRef<HTMLInputElement>(null);
  const { rows, problem, filter } = queue;
  const selection = useSelection(rows, current, triage);
  const focusCurrent = useEffectEvent(() => focusRow(current));
  useEffect(() => focusCurrent(), []);
  const move = (step: number): void => {
    const at = rows.findIndex(({ id }) => id === current);
    focusRow(rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]?.id ?? null);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    o: () => current && go({ screen: 'alert', id: current }),
    x: () => current && selection.toggle(current),
    a: selection.acknowledge,
    c: selection.askToClose,
    n: queue.reveal,
    r: queue.reload,
    '/': () => search.current?.focus(),
    Escape: selection.clear,
  });
  return (
    <main className="queue">
      <div className="queue-head">
        <QueueHeadline rows={rows} more={queue.next !== null} />
        <QueueFilters filter={filter} tenants={tenants} search={search} onChange={refine} />
      </div>
      {problem && (
        <Notice problem={problem}>
          <button onClick={queue.reload}>Try again</button>
        </Notice>
      )}
      <QueueRows queue={queue}>
        <QueueTable
          {...{ rows, current, onPoint }}
          fresh={queue.fresh}
          selection={selection.ids}
          onSelect={selection.toggle}
        />
      </QueueRows>
      {selection.count > 0 && <SelectionBar selection={selection} />}
      {selection.closing && (
        <CloseDialog alerts={selection.closing} onClose={selection.close} onCancel={selection.cancel} />
      )}
    </main>
  );
}

/** New alerts wait here, so that nothing moves under the reader's hand. */
function Arrivals({ count, onReveal }: { count: number; onReveal: () => void }) {
  return (
    <div className="arrivals" role="status">
      {count > 0 && (
        <button onClick={onReveal}>
          {count} new <kbd>n</kbd>
        </button>
      )}
    </div>
  );
}

function QueueRows({ queue, children }: { queue: LiveQueue; children: ReactNode }) {
  const { rows, waiting, phase, next, filter, more, reveal } = queue;
  const loading = phase === 'loading';
  return (
    <div className="queue-scroll" aria-busy={loading}>
      <Arrivals count={waiting.length} onReveal={reveal} />
      {rows.length > 0 && children}
      {rows.length === 0 && loading && <p className="loading">Reading the queue…</p>}
      {rows.length === 0 && phase === 'ready' && <EmptyQueue narrow={isNarrow(filter)} />}
      {next && (
        <button className="more" onClick={more} disabled={loading}>
          {loading ? 'Loading…' : 'Load more'}
        </button>
      )}
    </div>
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

function focusRow(id: string | null): void {
  if (id) document.getElementById(rowLinkId(id))?.focus();
}
