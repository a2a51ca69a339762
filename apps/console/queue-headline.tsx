import type { Alert, Severity } from './api.js';
import { spanText } from './moment.js';
import { useNow } from './now.js';

/** The first thing that one reads: does it burn, and since when. */
export function QueueHeadline({ rows, more }: { rows: readonly Alert[]; more: boolean }) {
  const now = useNow();
  const burning = rows.filter(({ status, severity }) => status === 'new' && isBad(severity));
  const total = (
    <span className="headline-total">
      {rows.length}
      {more && '+'} {rows.length === 1 ? 'alert' : 'alerts'} shown
    </span>
  );
  if (burning.length === 0) {
    return <h1 className="headline">Nothing high or critical waits {total}</h1>;
  }
  const oldest = Math.min(...burning.map(({ raisedAt }) => Date.parse(raisedAt)));
  const critical = burning.filter(({ severity }) => severity === 'critical').length;
  const parts = [
    ...(critical > 0 ? [`${critical} critical`] : []),
    ...(burning.length > critical ? [`${burning.length - critical} high`] : []),
  ];
  return (
    <h1 className={critical > 0 ? 'headline headline-critical' : 'headline headline-high'}>
      {parts.join(' and ')} unacknowledged <span>oldest waits {spanText(now - oldest)}</span> {total}
    </h1>
  );
}

function isBad(severity: Severity): boolean {
  return severity === 'critical' || severity === 'high';
}
