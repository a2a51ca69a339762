import { Activity, useEffect, useState } from 'react';
import { AlertPage } from './alert-page.js';
import type { Me } from './api.js';
import { bulkTriage } from './bulk-triage.js';
import { Help } from './help.js';
import { useKeys } from './keys.js';
import { useLive, type Live } from './live.js';
import { placeOf, useHash } from './location.js';
import { spanText } from './moment.js';
import { useNow } from './now.js';
import { EVERYTHING_OPEN, paramsOf, type QueueFilter } from './queue-filter.js';
import { QueueScreen } from './queue-screen.js';
import { Toasts, useToasts } from './toast.js';
import { TopBar } from './top-bar.js';
import { useDirectory } from './use-directory.js';
import { useQueue } from './use-queue.js';

/** The queue stays alive, unseen, while an alert is open. */
export function Console({ me, onSignOut }: { me: Me; onSignOut: () => void }) {
  const place = placeOf(useHash());
  const filter = useLastFilter(place.screen === 'queue' ? place.filter : null);
  const live = useLive();
  const queue = useQueue(filter, live, me.id);
  const { tenants, people } = useDirectory(me);
  const [toasts, say] = useToasts();
  const [current, setCurrent] = useState<string | null>(null);
  const [helping, setHelping] = useState(false);
  const openId = place.screen === 'alert' ? place.id : null;
  const triage = me.permissions.includes('alerts.triage') ? bulkTriage(queue.put, say) : null;
  useKeys({ '?': () => setHelping(true) });
  useEffect(() => (openId === null ? undefined : setCurrent(openId)), [openId]);
  useEffect(() => {
    const waiting = queue.waiting.length;
    document.title = waiting > 0 ? `(${waiting}) Plantwatch` : 'Plantwatch';
  }, [queue.waiting.length]);
  return (
    <div className="console">
      <TopBar me={me} connection={live.connection} onHelp={() => setHelping(true)} onSignOut={onSignOut} />
      <LostNotice live={live} />
      <Activity mode={openId ? 'hidden' : 'visible'}>
        <QueueScreen queue={queue} tenants={tenants} triage={triage} current={current} onPoint={setCurrent} />
      </Activity>
      {openId && <AlertPage key={openId} id={openId} {...{ me, live, queue, people, tenants, say }} />}
      <Toasts toasts={toasts} />
      {helping && <Help onClose={() => setHelping(false)} />}
    </div>
  );
}

/** While an alert is open, the queue keeps the filter that it had. */
function useLastFilter(filter: QueueFilter | null): QueueFilter {
  const [last, setLast] = useState(filter ?? EVERYTHING_OPEN);
  if (!filter || paramsOf(filter).toString() === paramsOf(last).toString()) return last;
  setLast(filter);
  return filter;
}

function LostNotice({ live }: { live: Live }) {
  const now = useNow();
  if (live.connection !== 'lost' || live.lostAt === null) return null;
  return (
    <p className="lost" role="alert">
      <strong>Connection lost.</strong> What you see is {spanText(Math.max(1000, now - live.lostAt))} old; trying again.
    </p>
  );
}
