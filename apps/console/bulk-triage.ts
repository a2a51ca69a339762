import type { Alert, AlertDetail, Verdict } from './api.js';
import { problemOf } from './problem.js';
import type { Say } from './toast.js';
import { acknowledge, close, type Closing } from './triage.js';
import { VERDICT_WORDS } from './wording.js';

export interface BulkTriage {
  acknowledge(alerts: readonly Alert[]): Promise<void>;
  close(alerts: readonly Alert[], closing: Closing): Promise<void>;
}

/** Triage of several alerts at once: shown as done at once, taken back where the server refuses. */
export function bulkTriage(put: (alert: Alert) => void, say: Say): BulkTriage {
  const each = async (
    alerts: readonly Alert[],
    expected: Partial<Alert>,
    act: (alert: Alert) => Promise<AlertDetail>,
  ) => {
    for (const alert of alerts) put({ ...alert, ...expected });
    let done = 0;
    for (const alert of alerts) {
      try {
        put(await act(alert));
        done += 1;
      } catch (error) {
        put(alert);
        say.failed(problemOf(error));
      }
    }
    return done;
  };
  return {
    async acknowledge(alerts) {
      const open = alerts.filter(({ status }) => status === 'new');
      const done = await each(open, { status: 'acknowledged' }, acknowledge);
      if (done > 0) say.done(`${subject(open, done)} acknowledged`);
    },
    async close(alerts, closing) {
      const open = alerts.filter(({ status }) => status !== 'closed');
      const done = await each(open, { status: 'closed', verdict: closing.verdict }, (alert) => close(alert, closing));
      if (done > 0) say.done(`${subject(open, done)} closed: ${verdictText(closing.verdict)}`);
    },
  };
}

function subject(alerts: readonly Alert[], done: number): string {
  return done === 1 && alerts[0] ? `“${alerts[0].rule.title}”` : `${done} alerts`;
}

function verdictText(verdict: Verdict): string {
  return VERDICT_WORDS[verdict].toLowerCase();
}
