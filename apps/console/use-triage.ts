import { useState } from 'react';
import type { AlertDetail, Me } from './api.js';
import { problemOf } from './problem.js';
import type { Say } from './toast.js';
import * as triage from './triage.js';
import type { AlertActs } from './triage-bar.js';
import type { OpenAlert } from './use-alert.js';
import { VERDICT_WORDS } from './wording.js';

export type Asking = 'verdict' | 'reason' | null;

export interface Triage extends AlertActs {
  busy: boolean;
  /** Which dialog is open. */
  asking: Asking;
  ask(asking: Asking): void;
  close(closing: triage.Closing): void;
  takeOver(reason: string): void;
  /** Rejects when it was refused, after saying why. */
  comment(text: string): Promise<void>;
}

/** What one does to the alert on the screen. A refusal is told; where the alert has changed, it is read again. */
export function useTriage(alert: AlertDetail, me: Me, open: OpenAlert, say: Say): Triage {
  const [busy, setBusy] = useState(false);
  const [asking, ask] = useState<Asking>(null);
  const act = async (change: Promise<AlertDetail>, told: string): Promise<void> => {
    setBusy(true);
    try {
      open.put(await change);
      say.done(told);
    } catch (error) {
      const problem = problemOf(error);
      say.failed(problem);
      if (problem.status === 409 || problem.status === 412) open.reload();
      throw error;
    } finally {
      setBusy(false);
    }
  };
  const quietly = (change: Promise<AlertDetail>, told: string): void => void act(change, told).catch(() => undefined);
  const heldByAnother = alert.claim !== null && alert.claim.by.id !== me.id;
  return {
    busy,
    asking,
    ask,
    acknowledge: () => quietly(triage.acknowledge(alert), 'Acknowledged'),
    start: () => quietly(triage.start(alert), 'In progress'),
    claim: () => (heldByAnother ? ask('reason') : quietly(triage.claim(alert), 'Yours to work on for 30 minutes')),
    release: () => quietly(triage.release(alert), 'Let go'),
    assign: (person) => quietly(triage.assign(alert, person), person ? 'Assigned' : 'Assigned to nobody'),
    askToClose: () => ask('verdict'),
    reopen: () => quietly(triage.reopen(alert), 'Reopened'),
    comment: (text) => act(triage.comment(alert, text), 'Commented'),
    close: (closing) => {
      ask(null);
      quietly(triage.close(alert, closing), `Closed: ${VERDICT_WORDS[closing.verdict].toLowerCase()}`);
    },
    takeOver: (reason) => {
      ask(null);
      quietly(triage.claim(alert, reason), 'Taken over');
    },
  };
}
