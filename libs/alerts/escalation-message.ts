import type { PlannedStep } from './escalation.js';

export interface EscalatedAlert {
  id: string;
  ruleTitle: string;
  severity: string;
  riskScore: number;
  status: string;
  summary: string;
  count: number;
  firstEventAt: Date;
  lastEventAt: Date;
  assetNames: string[];
}

export interface EscalationText {
  subject: string;
  text: string;
  data: object;
}

/** What a step says, for people and for programs. @param url of the console */
export function escalationText(
  alert: EscalatedAlert,
  { step, label, policy }: Pick<PlannedStep, 'step' | 'label' | 'policy'>,
  { id: tenantId, name: tenantName }: { id: string; name: string },
  url: string,
): EscalationText {
  const { id, severity, riskScore, status, summary, count, assetNames } = alert;
  const [firstEventAt, lastEventAt] = [alert.firstEventAt.toISOString(), alert.lastEventAt.toISOString()];
  const link = `${url}/#/alerts/${id}`;
  const lines = [
    summary,
    '',
    `Customer: ${tenantName}`,
    `Severity: ${severity} (risk ${riskScore} of 100)`,
    `Assets:   ${assetNames.join(', ') || 'none known'}`,
    `Events:   ${count}, from ${firstEventAt} to ${lastEventAt}`,
    '',
    `Nobody has taken note of this alert yet. Step ${step} of "${policy.name}": ${label}.`,
    link,
  ];
  const data = {
    type: 'alert.escalated',
    tenant: { id: tenantId, name: tenantName },
    alert: { id, title: alert.ruleTitle, severity, riskScore, status, summary, count, firstEventAt, lastEventAt, link },
    escalation: { step, label, policy },
  };
  return { subject: `[${severity}] ${alert.ruleTitle} (${tenantName})`, text: lines.join('\n'), data };
}
