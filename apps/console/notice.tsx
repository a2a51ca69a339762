import type { ReactNode } from 'react';
import type { Problem } from './problem.js';
import { TextFromLog } from './text-from-log.js';

/** What went wrong, what can be done, and the number that our log knows it by. */
export function Notice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const { title, detail, instance, status } = problem;
  return (
    <div className="notice" role="alert">
      <strong>{title}.</strong> <TextFromLog text={detail} />
      {instance && status >= 500 && <code className="instance">{instance}</code>}
      {children && <span className="notice-actions">{children}</span>}
    </div>
  );
}

/** Nothing to show, and why. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}
