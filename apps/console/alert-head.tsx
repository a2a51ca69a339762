import type { AlertDetail } from './api.js';
import { Age } from './age.js';
import { SeverityMark } from './severity.js';
import { TextFromLog } from './text-from-log.js';
import { STATUS_WORDS, VERDICT_WORDS } from './wording.js';

/** Whose alert, how bad, what, and where it stands: always in sight. */
export function AlertHead({ alert }: { alert: AlertDetail }) {
  const { severity, status, verdict, riskScore, rule, tenant, assignee, claim } = alert;
  return (
    <div className="alert-head">
      <p className="alert-line">
        <strong className="tenant">
          <TextFromLog text={tenant.name} />
        </strong>
        <SeverityMark severity={severity} />
        <span>Risk {riskScore}</span>
        <span className={`status status-${status}`}>
          {STATUS_WORDS[status]}
          {verdict && `: ${VERDICT_WORDS[verdict].toLowerCase()}`}
        </span>
        <span>
          raised <Age at={alert.raisedAt} ago />
        </span>
        <span>{claim ? `${claim.by.name} works on it` : assignee ? `with ${assignee.name}` : 'with nobody'}</span>
      </p>
      <h1>
        <TextFromLog text={rule.title} />
      </h1>
    </div>
  );
}
