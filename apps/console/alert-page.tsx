import type { Me, Person, Tenant } from './api.js';
import { AlertScreen } from './alert-screen.js';
import { useKeys } from './keys.js';
import type { Live } from './live.js';
import { go, hashOf } from './location.js';
import { Notice } from './notice.js';
import type { Say } from './toast.js';
import { useAlert } from './use-alert.js';
import type { LiveQueue } from './use-queue.js';

interface AlertPageProps {
  id: string;
  me: Me;
  live: Live;
  queue: LiveQueue;
  people: readonly Person[];
  tenants: readonly Tenant[];
  say: Say;
}

/** One alert, between its neighbours in the queue. */
export function AlertPage({ id, me, live, queue, people, tenants, say }: AlertPageProps) {
  const open = useAlert(id, live);
  const { rows, filter } = queue;
  const at = rows.findIndex((row) => row.id === id);
  const toQueue = { screen: 'queue', filter } as const;
  const step = (by: number): void => {
    const neighbour = at < 0 ? undefined : rows[at + by];
    if (neighbour) go({ screen: 'alert', id: neighbour.id });
  };
  useKeys({ j: () => step(1), k: () => step(-1), u: () => go(toQueue), Escape: () => go(toQueue) });
  const { detail, problem } = open;
  return (
    <main className="alert">
      <nav className="way">
        <a href={hashOf(toQueue)}>
          ← Queue <kbd>u</kbd>
        </a>
        {at >= 0 && (
          <span>
            <button className="quiet" disabled={at === 0} onClick={() => step(-1)}>
              <kbd>k</kbd> Previous
            </button>
            {at + 1} of {rows.length}
            {queue.next && '+'}
            <button className="quiet" disabled={at === rows.length - 1} onClick={() => step(1)}>
              Next <kbd>j</kbd>
            </button>
          </span>
        )}
      </nav>
      {detail ? (
        <AlertScreen
          alert={detail}
          tenant={tenants.find((one) => one.id === detail.tenant.id)}
          {...{ open, me, people, say }}
        />
      ) : problem ? (
        <Notice problem={problem}>
          <button onClick={open.reload}>Try again</button>
        </Notice>
      ) : (
        <p className="loading">Reading the alert…</p>
      )}
    </main>
  );
}
