import { Fragment, useState } from 'react';
import type { EvidenceEvent } from './evidence-event.js';
import { spanText, utcText } from './moment.js';
import { TextFromLog } from './text-from-log.js';

export const EVIDENCE_COLUMNS = ['Device time, UTC', 'On', 'Action', 'User', 'From → to', 'Message'] as const;

export function EvidenceRow({ event, open = false }: { event: EvidenceEvent; open?: boolean }) {
  const [expanded, setExpanded] = useState(open);
  const { time, host, action, outcome, user, peers, message } = event;
  return (
    <>
      <tr className={expanded ? 'evidence-row evidence-open' : 'evidence-row'} onClick={() => setExpanded(!expanded)}>
        <td>
          <button
            className="expand"
            aria-expanded={expanded}
            onClick={(click) => {
              click.stopPropagation();
              setExpanded(!expanded);
            }}
          >
            <time dateTime={time} title={utcText(time)}>
              {utcText(time).slice(11, 23)}
            </time>
          </button>
        </td>
        <Field text={host} />
        <td>
          <TextFromLog text={action} />{' '}
          {outcome && (
            <span className={`outcome outcome-${outcome}`}>
              <TextFromLog text={outcome} />
            </span>
          )}
        </td>
        <Field text={user} />
        <Field text={peers} />
        <td className="cell-message">
          <TextFromLog text={message} />
        </td>
      </tr>
      {expanded && (
        <tr className="evidence-whole">
          <td colSpan={EVIDENCE_COLUMNS.length}>
            <WholeEvent event={event} />
          </td>
        </tr>
      )}
    </>
  );
}

function WholeEvent({ event }: { event: EvidenceEvent }) {
  return (
    <>
      <h4>
        As received{event.received && `, ${utcText(event.received)}`}
        {skewText(event)}
      </h4>
      <pre tabIndex={0} aria-label="Raw event">
        <TextFromLog text={event.original} />
      </pre>
      <h4>Fields</h4>
      <dl className="fields">
        {event.fields.map(([name, value]) => (
          <div key={name}>
            <dt>
              <FieldName name={name} />
            </dt>
            <dd>
              <TextFromLog text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** A long name breaks at its dots. */
function FieldName({ name }: { name: string }) {
  return name.split('.').map((part, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <>
          .<wbr />
        </>
      )}
      <TextFromLog text={part} />
    </Fragment>
  ));
}

/** A device whose clock is a minute off is worth a word. */
function skewText({ time, received }: EvidenceEvent): string {
  const skew = received ? Date.parse(received) - Date.parse(time) : 0;
  if (Number.isNaN(skew) || Math.abs(skew) < 60_000) return '';
  return ` — ${spanText(skew)} ${skew > 0 ? 'after' : 'before'} the device's time`;
}

function Field({ text }: { text: string }) {
  return <td>{text === '' ? <span className="nothing">–</span> : <TextFromLog text={text} />}</td>;
}
