import type { RefObject } from 'react';
import type { AlertDetail, Me, Person } from './api.js';
import { AssignSelect } from './assign-select.js';

export interface AlertActs {
  acknowledge(): void;
  start(): void;
  claim(): void;
  release(): void;
  assign(personId: string | null): void;
  askToClose(): void;
  reopen(): void;
}

interface TriageBarProps {
  alert: AlertDetail;
  me: Me;
  people: readonly Person[];
  busy: boolean;
  assignSelect: RefObject<HTMLSelectElement | null>;
  acts: AlertActs;
}

/** The next sensible step is the bright one. */
export function TriageBar({ alert, me, people, busy, assignSelect, acts }: TriageBarProps) {
  const { status, claim } = alert;
  if (status === 'closed') {
    return (
      <div className="triage-bar" role="toolbar" aria-label="Triage">
        <button disabled={busy} onClick={acts.reopen}>
          Reopen
        </button>
      </div>
    );
  }
  const mine = claim?.by.id === me.id;
  return (
    <div className="triage-bar" role="toolbar" aria-label="Triage">
      {status === 'new' && (
        <button className="primary" disabled={busy} onClick={acts.acknowledge}>
          Acknowledge <kbd>a</kbd>
        </button>
      )}
      {status === 'acknowledged' && (
        <button className="primary" disabled={busy} onClick={acts.start}>
          Start work <kbd>w</kbd>
        </button>
      )}
      <button disabled={busy} onClick={mine ? acts.release : acts.claim}>
        {mine ? 'Let go' : claim ? `Take over from ${claim.by.name}` : 'Take'} <kbd>t</kbd>
      </button>
      <button className={status === 'in_progress' ? 'primary' : ''} disabled={busy} onClick={acts.askToClose}>
        Close <kbd>c</kbd>
      </button>
      <AssignSelect alert={alert} me={me} people={people} select={assignSelect} onAssign={acts.assign} />
    </div>
  );
}
