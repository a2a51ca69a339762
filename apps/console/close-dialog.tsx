import { useState, type FormEvent } from 'react';
import type { Alert, Verdict } from './api.js';
import { Dialog } from './dialog.js';
import { TextFromLog } from './text-from-log.js';
import type { Closing } from './triage.js';
import { VERDICT_MEANINGS, VERDICT_WORDS } from './wording.js';

const VERDICTS = Object.keys(VERDICT_WORDS) as Verdict[];

interface CloseDialogProps {
  alerts: readonly Alert[];
  onClose: (closing: Closing) => void;
  onCancel: () => void;
}

/** Asks for the verdict; a digit chooses one. Alerts of several customers are told apart before they are closed. */
export function CloseDialog({ alerts, onClose, onCancel }: CloseDialogProps) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (verdict) onClose({ verdict, note: String(new FormData(event.currentTarget).get('note')) });
  };
  return (
    <Dialog
      title={alerts.length === 1 ? 'Close this alert' : `Close ${alerts.length} alerts`}
      onClose={onCancel}
      className="closing"
    >
      <Subject alerts={alerts} />
      <form
        onSubmit={submit}
        onKeyDown={(event) => {
          const chosen = VERDICTS[Number(event.key) - 1];
          if (chosen && !(event.target instanceof HTMLTextAreaElement)) setVerdict(chosen);
        }}
      >
        <fieldset>
          <legend>Verdict</legend>
          {VERDICTS.map((one, index) => (
            <label key={one}>
              <input
                type="radio"
                name="verdict"
                required
                autoFocus={index === 0}
                checked={verdict === one}
                onChange={() => setVerdict(one)}
              />
              <kbd>{index + 1}</kbd>
              <span>
                {VERDICT_WORDS[one]} <small>{VERDICT_MEANINGS[one]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <label className="note">
          Note
          <textarea
            name="note"
            rows={3}
            maxLength={10_000}
            placeholder="What the next analyst and the customer should know"
          />
        </label>
        <div className="dialog-actions">
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
          <button className="primary" disabled={!verdict}>
            Close {alerts.length === 1 ? 'alert' : `${alerts.length} alerts`}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Subject({ alerts }: { alerts: readonly Alert[] }) {
  const byTenant = Object.entries(Object.groupBy(alerts, ({ tenant }) => tenant.name));
  const [first] = alerts;
  if (alerts.length === 1 && first) {
    return (
      <p className="subject">
        <TextFromLog text={first.rule.title} /> ·{' '}
        <b>
          <TextFromLog text={first.tenant.name} />
        </b>
      </p>
    );
  }
  return (
    <p className="subject">
      {byTenant.length > 1 ? 'Of several customers: ' : 'Of '}
      {byTenant.map(([name, members], index) => (
        <span key={name}>
          {index > 0 && ', '}
          <b>
            <TextFromLog text={name} />
          </b>{' '}
          {members?.length}
        </span>
      ))}
    </p>
  );
}
