import type { Logsource, SigmaCorrelation, SigmaRule } from '#sigma/document.js';
import type { Expression } from '#sigma/expression.js';
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
  /** What was found out about each log source, once. */
  sources: Map<string, Source>;
};

/** The events of a log source, and the items that its rules still have to go through. */
type Source = { when: Expression; items: readonly ProcessingItem[] };

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

/** Parts of the log source that were named, as `part=value`, and the items that were applied. */
type Trace = { named: Set<string>; used: Set<ProcessingItem> };
const trace = (): Trace => ({ named: new Set(), used: new Set() });

function note(of: Logsource, names: readonly (keyof Logsource)[], { named }: Trace): void {
  for (const part of names) if (of[part] !== undefined) named.add(`${part}=${of[part]}`);
}

function apply(items: readonly ProcessingItem[], run: Run, changes: Wanted, found: Trace): void {
  for (const item of items) {
    if (!item.applies(run)) continue;
    found.used.add(item);
    if (item.kind === 'condition') {
      for (const { source, holds } of item.checks) if (source && holds(run)) note(source, parts, found);
      note(run.logsource, item.parts, found);
    }
    if (item.kind === 'nest') apply(item.items, run, changes, found);
    else if (changes(item)) item.apply(run, item.scope);
    if (item.kind === 'logsource') note(run.logsource, parts, found);
    if (item.scope.id !== undefined) run.applied.add(item.scope.id);
  }
}

const isNamed = (logsource: Logsource, named: ReadonlySet<string>): boolean =>
  parts.every((part) => logsource[part] === undefined || named.has(`${part}=${logsource[part]}`));

/** The events of a log source are what the items add for it whatever the rule; one object for all its rules. */
function sourceOf(rule: SigmaRule, routing: LogsourceRouting): Source {
  const key = JSON.stringify(rule.logsource);
  const known = routing.sources.get(key);
  if (known) return known;
  const { items, shared } = routing;
  const run = { ...start(rule, rule.logsource, routing), detection: nothing };
  const found = trace();
  const byLogsource = items.filter((item) => shared.has(item));
  apply(byLogsource, run, (item) => shared.has(item), found);
  // An item that looks into the rule may give it another log source: then all must be asked again.
  const final = items.every((item) => shared.has(item) || item.kind === 'condition' || item.kind === 'other');
  const rest = final ? items.filter((item) => !shared.has(item) || found.used.has(item)) : items;
  const source = { when: run.detection, items: rest };
  routing.sources.set(key, source);
  return source;
}

/**
 * A rule in a schema's terms, or why the schema can never have events for it: a part of its log source is named by no
 * item that says which events it has, or the pipeline refuses the rule (`rule_failure` and its like).
 */
export function routeOrReason(rule: SigmaRule, routing: LogsourceRouting): Routed | string {
  const run = { ...start(rule, rule.logsource, routing), fields: rule.fields.map((field) => [field]) };
  const found = trace();
  try {
    const { when, items } = sourceOf(rule, routing);
    apply(items, run, (item) => item.kind !== 'condition' || !routing.shared.has(item), found);
    if (routing.routes && !isNamed(run.logsource, found.named)) {
      return `no event has the log source ${Object.values(rule.logsource).join(' / ')}; correct "logsource", or add a condition for it to a pipeline`;
    }
    return { when, detection: run.detection, fields: run.fields.flat() };
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
  apply(routing.items, run, (item) => item.kind !== 'condition', trace());
  return run.fields.slice(0, fields.length);
}
