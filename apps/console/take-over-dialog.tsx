import type { FormEvent } from 'react';
import { Dialog } from './dialog.js';
import { TextFromLog } from './text-from-log.js';

interface TakeOverDialogProps {
  holder: string;
  onTake: (reason: string) => void;
  onCancel: () => void;
}

/** Taking work from somebody's hands asks for a reason, which the history keeps. */
export function TakeOverDialog({ holder, onTake, onCancel }: TakeOverDialogProps) {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onTake(String(new FormData(event.currentTarget).get('reason')));
  };
  return (
    <Dialog title="Take this alert over" onClose={onCancel} className="closing">
      <p className="subject">
        <b>
          <TextFromLog text={holder} />
        </b>{' '}
        works on it now.
      </p>
      <form onSubmit={submit}>
        <label className="note">
          Reason
          <textarea name="reason" rows={2} required maxLength={500} autoFocus />
        </label>
        <div className="dialog-actions">
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
          <button className="primary">Take over</button>
        </div>
      </form>
    </Dialog>
  );
}
