import { Budget } from './budget.js';
import { parseCondition } from './condition.js';
import type { Expression } from './expression.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import { applyModifiers } from './modifiers.js';
import type { Path } from './pages.js';
import { Numeral } from './value.js';

type Report = (path: Path, message: string) => void;

/** What reading a detection needs to know of its file. */
export type Context = {
  report: Report;
  /** A number as written; see Page. */
  written(path: Path): string | undefined;
  budget: Budget;
  /** IANA time zone of parts of times. */
  zone: string;
};

const nothing: Expression = { kind: 'or', of: [] };
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A fault in what `read` reads becomes a report at the path. */
function guarded(context: Context, path: Path, read: () => Expression): Expression {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    context.report(path, error.message);
    return nothing;
  }
}

/** Reads one `field|modifier: values` pair; `key` is empty for keywords. */
function readItem(key: string, value: unknown, path: Path, context: Context): Expression {
  return guarded(context, path, () => {
    const [field = '', ...modifiers] = key.split('|');
    const list = Array.isArray(value);
    const values = (list ? (value as unknown[]) : [value]).map((one, at) =>
      typeof one === 'number' ? new Numeral(one, context.written(list ? [...path, at] : path)) : one,
    );
    const { zone, budget } = context;
    const { tests, every, negated } = applyModifiers(modifiers, values, { keyword: field === '', zone, budget });
    const item: Expression = { kind: 'item', field: field || null, tests, every };
    return negated ? { kind: 'not', of: item } : item;
  });
}

function readSearchIn(context: Context, value: unknown, path: Path): Expression {
  if (isMap(value)) {
    const pairs = Object.entries(value);
    if (pairs.length === 0) context.report(path, 'the search is empty; give it at least one field');
    return { kind: 'and', of: pairs.map(([key, one]) => readItem(key, one, [...path, key], context)) };
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (value === null || list.length === 0) {
    context.report(path, 'the search is empty; give it at least one field or keyword');
    return nothing;
  }
  if (!list.some(isMap)) return readItem('', value, path, context);
  const of = list.map((one, at) =>
    isMap(one) ? readSearchIn(context, one, [...path, at]) : readItem('', one, [...path, at], context),
  );
  return { kind: 'or', of };
}

/** Reads one search: a map (all pairs), a list of maps (any of them), or keywords. */
export function readSearch(value: unknown, path: Path, report: Report): Expression {
  return readSearchIn({ report, written: () => undefined, budget: new Budget(), zone: 'UTC' }, value, path);
}

function readConditions(condition: unknown, path: Path, read: (text: string) => Expression, context: Context) {
  const list = Array.isArray(condition);
  const conditions: unknown[] = list ? condition : [condition];
  if (conditions.length === 0) context.report(path, 'the list of conditions is empty');
  const of = conditions.map((text, at) =>
    guarded(context, list ? [...path, at] : path, () => {
      if (typeof text !== 'string') throw new Fault('"condition" must be text or a list of texts');
      return read(text);
    }),
  );
  return of.length === 1 ? of[0]! : ({ kind: 'or', of } satisfies Expression);
}

/**
 * Reads a map of searches and a condition as one expression (Sigma rules specification 2.1, "Detection"); every mistake
 * in it is reported with its path.
 */
export function readDetection(detection: unknown, path: Path, context: Context): Expression {
  if (!isMap(detection)) {
    context.report(path, `"${String(path.at(-1))}" must be a map of searches and a condition`);
    return nothing;
  }
  const { condition, timeframe, ...searches } = detection;
  if (timeframe !== undefined) {
    const message = '"timeframe" was removed from Sigma; write a correlation document with a timespan';
    context.report([...path, 'timeframe'], message);
  }
  const entries = Object.entries(searches);
  if (entries.length > limits.searches) {
    context.report(path, `there are more than ${limits.searches} searches; split the rule`);
    return nothing;
  }
  const read = new Map(
    entries.map(([name, search]) => {
      const of = [readSearchIn(context, search, [...path, name])];
      return [name, { kind: 'and', name, of } satisfies Expression];
    }),
  );
  const parse = (text: string) => parseCondition(text, read, context.budget);
  return readConditions(condition, [...path, 'condition'], parse, context);
}
