import type { Severity } from './api.js';

/** Shape, word and colour each say it alone. */
const SHAPES: Record<Severity, string> = {
  critical: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  high: 'M8 1l7.5 14H.5z',
  medium: 'M8 .8L15.2 8 8 15.2.8 8z',
  low: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3zm0 2.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  informational: 'M3 7h10v2H3z',
};

const WORDS: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  informational: 'Info',
};

export function SeverityMark({ severity, word = true }: { severity: Severity; word?: boolean }) {
  return (
    <span className={`severity severity-${severity}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[severity]} fillRule="evenodd" />
      </svg>
      {word ? WORDS[severity] : <span className="unseen">{WORDS[severity]}</span>}
    </span>
  );
}
