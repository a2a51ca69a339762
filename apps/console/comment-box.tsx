import { useState, type FormEvent, type RefObject } from 'react';

interface CommentBoxProps {
  box: RefObject<HTMLTextAreaElement | null>;
  /** Rejects when the comment was not taken: the draft stays. */
  onComment: (text: string) => Promise<void>;
}

export function CommentBox({ box, onComment }: CommentBoxProps) {
  const [draft, setDraft] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await onComment(draft.trim());
      setDraft('');
    } catch {
      // told by whoever refused; the draft stays
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="comment"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        ref={box}
        rows={2}
        maxLength={10_000}
        placeholder="Comment  m"
        aria-label="Comment"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
        }}
      />
      {draft.trim() !== '' && (
        <button className="primary" disabled={busy}>
          Comment <kbd>Ctrl ⏎</kbd>
        </button>
      )}
    </form>
  );
}
