import { useCallback, useState } from 'react';
import type { Problem } from './problem.js';
import { TextFromLog } from './text-from-log.js';

/** What went well is seen on the screen anyway; what did not must be read. */
const SHOWN_MS = { good: 3500, bad: 9000 };

export interface Toast {
  id: number;
  text: string;
  bad: boolean;
}

/** Says in passing what was done or could not be. */
export interface Say {
  done(text: string): void;
  failed(problem: Problem): void;
}

export function useToasts(): [toasts: readonly Toast[], say: Say] {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const add = useCallback((text: string, bad: boolean) => {
    const id = performance.now();
    setToasts((now) => [...now.slice(-2), { id, text, bad }]);
    setTimeout(() => setToasts((now) => now.filter((toast) => toast.id !== id)), bad ? SHOWN_MS.bad : SHOWN_MS.good);
  }, []);
  const done = useCallback((text: string) => add(text, false), [add]);
  const failed = useCallback(
    // That the session has ended is asked about in front of everything.
    ({ status, title, detail }: Problem) => status !== 401 && add(`${title}. ${detail}`, true),
    [add],
  );
  return [toasts, { done, failed }];
}

export function Toasts({ toasts }: { toasts: readonly Toast[] }) {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text, bad }) => (
        <p key={id} className={bad ? 'toast toast-bad' : 'toast'}>
          <TextFromLog text={text} />
        </p>
      ))}
    </div>
  );
}
