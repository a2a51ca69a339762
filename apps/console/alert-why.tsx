import type { AlertDetail, Tenant } from './api.js';
import { Age } from './age.js';
import { overText, plantTime, utcText } from './moment.js';
import { TextFromLog } from './text-from-log.js';

/** What fired and why. */
export function AlertWhy({ alert, tenant }: { alert: AlertDetail; tenant: Tenant | undefined }) {
  const { summary, rule, group, techniques, count, firstEventAt, lastEventAt } = alert;
  return (
    <section className="why" aria-labelledby="why-title">
      <h2 id="why-title">What fired</h2>
      <p className="summary">
        <TextFromLog text={summary} />
      </p>
      <dl className="facts">
        {Object.entries(group).map(([field, value]) => (
          <div key={field}>
            <dt>
              <TextFromLog text={field} />
            </dt>
            <dd className="value">
              <TextFromLog text={value} />
            </dd>
          </div>
        ))}
        <div>
          <dt>Events</dt>
          <dd>
            <b>{count.toLocaleString('en')}</b> {count > 1 && overText(firstEventAt, lastEventAt)}
          </dd>
        </div>
        <Seen title="First" at={firstEventAt} tenant={tenant} />
        <Seen title="Last" at={lastEventAt} tenant={tenant} />
      </dl>
      <h3>
        Rule{' '}
        <code>
          <TextFromLog text={rule.id} />
        </code>
      </h3>
      <p className="rule">
        <TextFromLog text={rule.description} prose />
      </p>
      {techniques.length > 0 && (
        <p className="techniques">
          ATT&CK
          {techniques.map((technique) => (
            <Technique key={technique} id={technique} />
          ))}
        </p>
      )}
    </section>
  );
}

/** A time as the world, the plant and the reader have it. */
function Seen({ title, at, tenant }: { title: string; at: string; tenant: Tenant | undefined }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {utcText(at).slice(0, 19)} UTC
        <small>
          <Age at={at} ago />
          {tenant && ` · plant ${plantTime(at, tenant.timeZone)}`}
        </small>
      </dd>
    </div>
  );
}

function Technique({ id }: { id: string }) {
  if (!/^T\d{4}(\.\d{3})?$/.test(id))
    return (
      <code>
        <TextFromLog text={id} />
      </code>
    );
  const page = `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;
  return (
    <a className="technique" href={page} target="_blank" rel="noreferrer">
      {id}
    </a>
  );
}
