import { useRef, type RefObject } from 'react';
import { AlertHead } from './alert-head.js';
import { AlertHistory } from './alert-history.js';
import { AlertAssets, AlertEscalation } from './alert-side.js';
import { AlertWhy } from './alert-why.js';
import type { AlertDetail, Me, Person, Tenant } from './api.js';
import { CloseDialog } from './close-dialog.js';
import { CommentBox } from './comment-box.js';
import { EvidencePanel } from './evidence.js';
import { useKeys } from './keys.js';
import { Notice } from './notice.js';
import { TakeOverDialog } from './take-over-dialog.js';
import type { Say } from './toast.js';
import { TriageBar } from './triage-bar.js';
import type { OpenAlert } from './use-alert.js';
import { useTriage, type Triage } from './use-triage.js';

interface AlertScreenProps {
  alert: AlertDetail;
  open: OpenAlert;
  me: Me;
  people: readonly Person[];
  tenant: Tenant | undefined;
  say: Say;
}

export function AlertScreen({ alert, open, me, people, tenant, say }: AlertScreenProps) {
  const triage = useTriage(alert, me, open, say);
  const comment = useRef<HTMLTextAreaElement>(null);
  const assign = useRef<HTMLSelectElement>(null);
  const mayTriage = me.permissions.includes('alerts.triage');
  useTriageKeys(mayTriage ? triage : null, alert, { comment, assign, me });
  return (
    <>
      <header className="alert-top">
        <AlertHead alert={alert} />
        {mayTriage && <TriageBar {...{ alert, me, people }} busy={triage.busy} assignSelect={assign} acts={triage} />}
      </header>
      {open.problem && (
        <Notice problem={open.problem}>
          <button onClick={open.reload}>Try again</button>
        </Notice>
      )}
      <div className="alert-body">
        <AlertWhy alert={alert} tenant={tenant} />
        <EvidencePanel alert={alert} />
        <aside>
          <AlertAssets assets={alert.assets} />
          <AlertEscalation steps={alert.escalation} />
          <section aria-labelledby="history-title">
            <h2 id="history-title">History</h2>
            {mayTriage && <CommentBox box={comment} onComment={triage.comment} />}
            <AlertHistory history={alert.history} />
          </section>
        </aside>
      </div>
      <TriageDialog alert={alert} triage={triage} />
    </>
  );
}

function TriageDialog({ alert, triage }: { alert: AlertDetail; triage: Triage }) {
  const cancel = (): void => triage.ask(null);
  if (triage.asking === 'verdict') return <CloseDialog alerts={[alert]} onClose={triage.close} onCancel={cancel} />;
  if (triage.asking === 'reason' && alert.claim)
    return <TakeOverDialog holder={alert.claim.by.name} onTake={triage.takeOver} onCancel={cancel} />;
  return null;
}

interface Fields {
  comment: RefObject<HTMLTextAreaElement | null>;
  assign: RefObject<HTMLSelectElement | null>;
  me: Me;
}

function useTriageKeys(triage: Triage | null, alert: AlertDetail, { comment, assign, me }: Fields): void {
  const open = alert.status !== 'closed';
  useKeys({
    ...(triage && open
      ? {
          ...(alert.status === 'new' ? { a: triage.acknowledge } : {}),
          ...(alert.status === 'acknowledged' ? { w: triage.start } : {}),
          t: alert.claim?.by.id === me.id ? triage.release : triage.claim,
          s: () => assign.current?.focus(),
          c: triage.askToClose,
        }
      : {}),
    ...(triage ? { m: () => comment.current?.focus() } : {}),
  });
}
