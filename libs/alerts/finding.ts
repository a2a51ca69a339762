import type { Severity } from './severity.js';

/** What a rule found: enough to raise an alert that explains itself after the rule and the events are gone. */
export interface AlertFinding {
  rule: {
    id: string;
    title: string;
    level: Severity;
    /** ATT&CK for ICS, as `T0859`. */
    techniques: string[];
    description: string;
  };
  group: Record<string, string>;
  groupKey: string;
  /** Milliseconds of quiet after which the same group raises a new alert. */
  joinGap: number;
  /** Sorted by time, milliseconds since 1970; at least one. */
  events: { id: string; time: number }[];
  assetIds: string[];
  summary: string;
}

/** What PostgreSQL can keep: hostile logs carry NUL and half characters. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** The finding with every text that came from an event made storable. */
export function storableFinding(finding: AlertFinding): AlertFinding {
  const group = Object.entries(finding.group).map(([name, value]) => [storable(name), storable(value)]);
  return { ...finding, group: Object.fromEntries(group), summary: storable(finding.summary) };
}
