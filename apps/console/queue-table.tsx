import type { Alert } from './api.js';
import { QueueRow } from './queue-row.js';

const COLUMNS: readonly [name: string, title: string][] = [
  ['select', ''],
  ['severity', 'Severity'],
  ['risk', 'Risk'],
  ['title', 'What'],
  ['tenant', 'Customer'],
  ['asset', 'Asset'],
  ['group', 'Who, from where'],
  ['count', 'Events'],
  ['last', 'Last'],
  ['status', 'Status'],
  ['assignee', 'Assignee'],
];

interface QueueTableProps {
  rows: readonly Alert[];
  fresh: ReadonlySet<string>;
  current: string | null;
  selection: ReadonlySet<string>;
  onPoint: (id: string) => void;
  onSelect: (id: string) => void;
}

export function QueueTable({ rows, fresh, current, selection, onPoint, onSelect }: QueueTableProps) {
  const reachable = rows.some(({ id }) => id === current) ? current : rows[0]?.id;
  return (
    <table className="queue-table" aria-label="Alerts">
      <colgroup>
        {COLUMNS.map(([name]) => (
          <col key={name} className={`col-${name}`} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {COLUMNS.map(([name, title]) => (
            <th key={name} scope="col" className={`col-${name}`}>
              {title || <span className="unseen">Selected</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((alert) => (
          <QueueRow
            key={alert.id}
            alert={alert}
            active={alert.id === reachable}
            selected={selection.has(alert.id)}
            fresh={fresh.has(alert.id)}
            onPoint={onPoint}
            onSelect={onSelect}
          />
        ))}
      </tbody>
    </table>
  );
}
