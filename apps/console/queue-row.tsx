import { memo, type MouseEvent } from 'react';
import { Age } from './age.js';
import type { Alert } from './api.js';
import { go, hashOf } from './location.js';
import { SeverityMark } from './severity.js';
import { TextFromLog } from './text-from-log.js';
import { STATUS_WORDS } from './wording.js';
import { visibleText } from './visible-text.js';

interface QueueRowProps {
  alert: Alert;
  active: boolean;
  selected: boolean;
  fresh: boolean;
  onPoint: (id: string) => void;
  onSelect: (id: string) => void;
}

/** The id of the element that takes the focus when a row is the current one. */
export function rowLinkId(id: string): string {
  return `alert-${id}`;
}

export const QueueRow = memo(function QueueRow({ alert, active, selected, fresh, onPoint, onSelect }: QueueRowProps) {
  const { id, severity, status } = alert;
  const marks = [
    `row-${severity}`,
    `row-${status}`,
    ...(active ? ['row-active'] : []),
    ...(fresh ? ['row-fresh'] : []),
  ];
  return (
    <tr
      className={marks.join(' ')}
      aria-selected={selected}
      onFocus={() => onPoint(id)}
      onClick={(event) => openBy(event, id)}
    >
      <td className="cell-select">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={`Select ${visibleText(alert.rule.title)}`}
          onChange={() => onSelect(id)}
        />
      </td>
      <td>
        <SeverityMark severity={severity} />
      </td>
      <td className="number">{alert.riskScore}</td>
      <td className="cell-title">
        <a
          id={rowLinkId(id)}
          href={hashOf({ screen: 'alert', id })}
          tabIndex={active ? 0 : -1}
          title={visibleText(alert.summary)}
        >
          <TextFromLog text={alert.rule.title} />
        </a>
      </td>
      <Cell text={alert.tenant.name} className="cell-tenant" />
      <Cell text={alert.assets.map(({ name }) => name).join(', ')} />
      <Cell text={Object.values(alert.group).join(' · ')} title={groupTitle(alert)} className="cell-group" />
      <td className="number">{alert.count.toLocaleString('en')}</td>
      <td className="number">
        <Age at={alert.lastEventAt} />
      </td>
      <td className={`status status-${status}`}>{STATUS_WORDS[status]}</td>
      <Cell text={alert.claim?.by.name ?? alert.assignee?.name ?? ''} className={alert.claim ? 'cell-claimed' : ''} />
    </tr>
  );
});

/** Anywhere on the row opens it, unless one selects text or means the link or the box themselves. */
function openBy({ target }: MouseEvent, id: string): void {
  const own = target instanceof Element && target.closest('a, input, .cell-select');
  if (!own && !getSelection()?.toString()) go({ screen: 'alert', id });
}

/** One line, cut where the column ends; the whole text for whoever points at it. */
function Cell({ text, title = text, className = '' }: { text: string; title?: string; className?: string }) {
  return (
    <td className={className} title={visibleText(title)}>
      {text === '' ? <span className="nothing">–</span> : <TextFromLog text={text} />}
    </td>
  );
}

function groupTitle({ group }: Alert): string {
  return Object.entries(group)
    .map(([field, value]) => `${field}: ${value}`)
    .join(', ');
}
