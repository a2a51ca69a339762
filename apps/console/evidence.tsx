import type { Alert } from './api.js';
import { EVIDENCE_COLUMNS, EvidenceRow } from './evidence-row.js';
import { Notice } from './notice.js';
import { useEvidence, type Evidence } from './use-evidence.js';

/** The events that the alert rests on. */
export function EvidencePanel({ alert }: { alert: Alert }) {
  const evidence = useEvidence(alert.id);
  const { events, missing, busy, problem } = evidence;
  return (
    <section className="evidence" aria-labelledby="evidence-title">
      <h2 id="evidence-title">
        Evidence <span className="count">{countText(evidence, alert.count)}</span>
      </h2>
      {problem && (
        <Notice problem={problem}>
          <button onClick={evidence.reload}>Try again</button>
        </Notice>
      )}
      {missing.length > 0 && !busy && <p className="hint">{missingText(missing.length)}</p>}
      {events.length > 0 && (
        <table>
          <thead>
            <tr>
              {EVIDENCE_COLUMNS.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {events.map((event, index) => (
              <EvidenceRow key={event.id} event={event} open={index === 0 && alert.count === 1} />
            ))}
          </tbody>
        </table>
      )}
      {busy && <p className="loading">Reading the events…</p>}
      <EvidenceMore evidence={evidence} count={alert.count} />
    </section>
  );
}

function EvidenceMore({ evidence, count }: { evidence: Evidence; count: number }) {
  const { events, missing, next, busy } = evidence;
  const come = count - events.length - missing.length;
  if (busy || (!next && come <= 0)) return null;
  return (
    <button className="more" onClick={next ? evidence.more : evidence.reload}>
      {next ? 'Load more events' : `${come} more ${come === 1 ? 'event has' : 'events have'} come: read again`}
    </button>
  );
}

function missingText(count: number): string {
  return `${count} ${count === 1 ? 'event is' : 'events are'} not in the store: past retention, or not yet searchable.`;
}

function countText({ events }: Evidence, count: number): string {
  return events.length < count
    ? `${events.length} of ${count.toLocaleString('en')} events`
    : `${count.toLocaleString('en')} events`;
}
