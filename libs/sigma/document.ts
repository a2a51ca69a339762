import type { Expression } from './expression.js';
import type { Settings } from './settings.js';

export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] as const;

export type Level = (typeof levels)[number];
export type Status = (typeof statuses)[number];

/** What is wrong in a rule file, where (line from 1), and what to do about it. */
export type SigmaError = { file: string; line: number; message: string };

export type Logsource = { category?: string; product?: string; service?: string };

type Described = {
  file: string;
  line: number;
  /** The document's `id`; without one its `name`; without both `file:line`. */
  id: string;
  name?: string;
  title: string;
  status?: Status;
  description?: string;
  license?: string;
  /** Whose names the fields, values and log source are; without it Sigma's own. */
  taxonomy?: string;
  author?: string;
  references: string[];
  falsepositives: string[];
  tags: string[];
  level?: Level;
  date?: string;
  modified?: string;
  settings: Settings;
};

export type SigmaRule = Described & {
  kind: 'rule';
  logsource: Logsource;
  fields: string[];
  detection: Expression;
};

export const correlationTypes = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;
export type CorrelationType = (typeof correlationTypes)[number];

export const relations = {
  gt: (left: number, right: number) => left > right,
  gte: (left: number, right: number) => left >= right,
  lt: (left: number, right: number) => left < right,
  lte: (left: number, right: number) => left <= right,
  eq: (left: number, right: number) => left === right,
  neq: (left: number, right: number) => left !== right,
};
export type Relation = keyof typeof relations;

/** All bounds must hold at once; two of them make a range. */
export type Bound = { relation: Relation; value: number };

/** One way to fulfil a condition over rules: every one of `present` happened and none of `absent`; names as in `rules`. */
export type Way = { present: string[]; absent: string[] };

export type SigmaCorrelation = Described & {
  kind: 'correlation';
  type: CorrelationType;
  /** Ids or names of rules and correlations. */
  rules: string[];
  groupBy: string[];
  /** alias -> rule id or name -> field */
  aliases: Record<string, Record<string, string>>;
  /** Milliseconds. */
  timespan: number;
  bounds: Bound[];
  /** The ways to fulfil `condition: a and not b` of a temporal type; without such a condition none, and `bounds` decide. */
  ways: Way[];
  /** The fields, or aliases, that a value type reads; several make one combined value. */
  valueFields: string[];
  /** Which percentile `value_percentile` compares, 0 to 100; null: the share in percent that the newest value has. */
  percentile: number | null;
  /** The rules it refers to raise alerts of their own too. */
  generate: boolean;
};

/** What narrows rules of its log source down to the events for which `detection` holds too. */
export type SigmaFilter = Described & {
  kind: 'filter';
  logsource: Logsource;
  /** Ids or names of rules; `any` are all rules of the log source. */
  rules: string[] | 'any';
  detection: Expression;
};

/** What raises alerts or serves those that do. */
export type SigmaDetection = SigmaRule | SigmaCorrelation;
export type SigmaDocument = SigmaDetection | SigmaFilter;
