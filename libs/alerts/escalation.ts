import { atLeast, type Severity } from './severity.js';
import type { Status } from './triage.js';

export interface PolicyStep {
  /** Since the alert was raised. */
  afterSeconds: number;
  channelIds: string[];
  /** Who is meant, as `shift lead`. */
  label: string;
}

export interface Policy {
  id: string;
  name: string;
  /** Milder alerts are not escalated. */
  minSeverity: Severity;
  steps: PolicyStep[];
}

/** One step as it was when the alert was raised: a policy that is edited later changes no climb under way. */
export interface PlannedStep {
  /** Counts on over the alert's life, so that a climb after a reopening says everything anew. */
  step: number;
  dueAt: Date;
  label: string;
  channelIds: string[];
  policy: { id: string; name: string };
}

export interface Climb {
  severity: Severity;
  /** When it was raised, or reopened. */
  since: Date;
  /** Steps that the alert has had before. */
  stepsBefore: number;
}

export function plan(policy: Policy, { severity, since, stepsBefore }: Climb): PlannedStep[] {
  if (!atLeast(severity, policy.minSeverity)) return [];
  const { id, name } = policy;
  return policy.steps
    .toSorted((one, other) => one.afterSeconds - other.afterSeconds)
    .map(({ afterSeconds, label, channelIds }, index) => ({
      step: stepsBefore + index + 1,
      dueAt: new Date(since.getTime() + afterSeconds * 1000),
      label,
      channelIds: [...new Set(channelIds)],
      policy: { id, name },
    }));
}

/** An alert climbs while nobody has taken note of it. */
function climbs(status: Status): boolean {
  return status === 'new';
}

/** What a change of status does to the climb. */
export function climbChange(from: Status, to: Status): 'stop' | 'restart' | 'none' {
  if (climbs(from) === climbs(to)) return 'none';
  return climbs(to) ? 'restart' : 'stop';
}
