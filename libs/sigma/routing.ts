import type { Logsource, SigmaCorrelation, SigmaRule } from './document.js';
import type { Expression } from './expression.js';
import type { Pipeline } from './pipeline.js';
import { Refusal, type Run } from './pipeline-run.js';
import type { ProcessingItem } from './processing-item.js';

/** What a schema says about Sigma's log sources and fields: pipelines joined in the order of their priority. */
export type LogsourceRouting = {
  items: readonly ProcessingItem[];
  vars: Readonly<Record<string, unknown>>;
  /** The items whose conditions speak about the log source only; what they add belongs to the log source. */
  shared: ReadonlySet<ProcessingItem>;
  /** Whether any item says which events a log source has; if none does, every rule is tried on every event. */
  routes: boolean;
  /** The condition of each log source, made once. */
  sources: Map<string, Expression>;
};

/** A rule in a schema's terms: the events it is tried on, its detection and its list of fields with the schema's names. */
export type Routed = { when: Expression; detection: Expression; fields: string[] };

const parts = ['category', 'product', 'service'] as const;
const nothing: Expression = { kind: 'and', of: [] };

/** Joins pipelines: lower priorities first, else in the order given; of equal variables the last holds. */
export function joinPipelines(pipelines: readonly Pipeline[]): LogsourceRouting {
  const sorted = pipelines.toSorted((a, b) => a.priority - b.priority);
  const items = sorted.flatMap((pipeline) => pipeline.items);
  const shared = new Set<ProcessingItem>();
  findShared(items, shared, new Map());
  const vars = Object.assign({}, ...sorted.map((pipeline) => pipeline.vars)) as Record<string, unknown>;
  return { items, vars, shared, routes: items.some(routesEvents), sources: new Map() };
}

function findShared(items: readonly ProcessingItem[], into: Set<ProcessingItem>, ids: Map<string, boolean>): void {
  for (const item of items) {
    const { id } = item.scope;
    const fixed = item.checks.every(({ source, after, fixed: always }) =>
      after === undefined ? Boolean(source ?? always) : ids.get(after) === true,
    );
    if (id !== undefined) ids.set(id, fixed && ids.get(id) !== false);
    if (!fixed) continue;
    into.add(item);
    if (item.kind === 'nest') findShared(item.items, into, ids);
  }
}

const routesEvents = (item: ProcessingItem): boolean =>
  item.kind === 'nest'
    ? item.items.some(routesEvents)
    : item.kind === 'condition' && (item.parts.length > 0 || item.checks.some(({ source }) => source));

function start(document: SigmaRule | SigmaCorrelation, logsource: Logsource, { vars }: LogsourceRouting): Run {
  return {
    document,
    vars,
    logsource,
    detection: document.kind === 'rule' ? document.detection : nothing,
    fields: [],
    applied: new Set(),
    state: new Map(),
    changedItems: new WeakMap(),
    changedFields: new Map(),
    mapped: new Set(),
  };
}

type Wanted = (item: ProcessingItem) => boolean;

/** Applies items in turn and notes which parts of the log source they name, as `part=value`. */
function apply(items: readonly ProcessingItem[], run: Run, changes: Wanted, named: Set<string>): void {
  for (const item of items) {
    if (!item.applies(run)) continue;
    const given = (of: Logsource, names: readonly (keyof Logsource)[]) => {
      for (const part of names) if (of[part] !== undefined) named.add(`${part}=${of[part]}`);
    };
    if (item.kind === 'condition') {
      for (const { source, holds } of item.checks) if (source && holds(run)) given(source, parts);
      given(run.logsource, item.parts);
    }
    if (item.kind === 'nest') apply(item.items, run, changes, named);
    else if (changes(item)) item.apply(run, item.scope);
    if (item.kind === 'logsource') given(run.logsource, parts);
    if (item.scope.id !== undefined) run.applied.add(item.scope.id);
  }
}

const isNamed = (logsource: Logsource, named: ReadonlySet<string>): boolean =>
  parts.every((part) => logsource[part] === undefined || named.has(`${part}=${logsource[part]}`));

/** The events of a log source: what the items add for it whatever the rule. One object for all its rules. */
function sourceOf(rule: SigmaRule, routing: LogsourceRouting): Expression {
  const key = JSON.stringify(rule.logsource);
  const known = routing.sources.get(key);
  if (known) return known;
  const run = { ...start(rule, rule.logsource, routing), detection: nothing };
  const items = routing.items.filter((item) => routing.shared.has(item));
  apply(items, run, (item) => routing.shared.has(item), new Set());
  routing.sources.set(key, run.detection);
  return run.detection;
}

/**
 * A rule in a schema's terms, or why the schema can never have events for it: a part of its log source is named by no
 * item that says which events it has, or the pipeline refuses the rule (`rule_failure` and its like).
 */
export function routeOrReason(rule: SigmaRule, routing: LogsourceRouting): Routed | string {
  const run = { ...start(rule, rule.logsource, routing), fields: rule.fields.map((field) => [field]) };
  const named = new Set<string>();
  try {
    apply(routing.items, run, (item) => item.kind !== 'condition' || !routing.shared.has(item), named);
    if (routing.routes && !isNamed(run.logsource, named)) {
      return `no event has the log source ${Object.values(rule.logsource).join(' / ')}; correct "logsource", or add a condition for it to a pipeline`;
    }
    return { when: sourceOf(rule, routing), detection: run.detection, fields: run.fields.flat() };
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** A rule in a schema's terms; null when the schema can never have events for it. */
export function route(rule: SigmaRule, routing: LogsourceRouting): Routed | null {
  const routed = routeOrReason(rule, routing);
  return typeof routed === 'string' ? null : routed;
}

/** The schema's names of fields that a correlation reads from the events of one of its rules, for each field in turn. */
export function routeFields(
  correlation: SigmaCorrelation,
  { logsource }: SigmaRule,
  fields: readonly string[],
  routing: LogsourceRouting,
): string[][] {
  const run = { ...start(correlation, logsource, routing), fields: fields.map((field) => [field]) };
  apply(routing.items, run, (item) => item.kind !== 'condition', new Set());
  return run.fields.slice(0, fields.length);
}
