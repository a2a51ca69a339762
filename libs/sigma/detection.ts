import { parseCondition } from './condition.js';
import type { Expression } from './expression.js';
import { Fault } from './fault.js';
import { applyModifiers } from './modifiers.js';

type Path = readonly PropertyKey[];
type Report = (path: Path, message: string) => void;

const nothing: Expression = { kind: 'or', of: [] };
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads one `field|modifier: values` pair. */
function readItem(key: string, value: unknown): Expression {
  const [field = '', ...modifiers] = key.split('|');
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const { tests, every, negated } = applyModifiers(modifiers, values, field === '');
  const item: Expression = { kind: 'item', field: field || null, tests, every };
  return negated ? { kind: 'not', of: item } : item;
}

/** Reads one search: a map (all pairs), a list of maps (any of them), or keywords. */
export function readSearch(value: unknown, path: Path, report: Report): Expression {
  const guarded = (at: Path, read: () => Expression): Expression => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      report(at, error.message);
      return nothing;
    }
  };
  if (isMap(value)) {
    const pairs = Object.entries(value);
    if (pairs.length === 0) report(path, 'the search is empty; give it at least one field');
    return { kind: 'and', of: pairs.map(([key, one]) => guarded([...path, key], () => readItem(key, one))) };
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > 0 && !list.some(isMap)) return guarded(path, () => readItem('', list));
  if (list.length === 0) report(path, 'the list is empty; give it at least one entry');
  return {
    kind: 'or',
    of: list.map((one, index) =>
      isMap(one) ? readSearch(one, [...path, index], report) : guarded([...path, index], () => readItem('', one)),
    ),
  };
}

/** Reads the `detection` section of a rule as one expression; every mistake in it is reported with its path. */
export function readDetection(detection: unknown, path: Path, report: Report): Expression {
  if (!isMap(detection)) {
    report(path, '"detection" must be a map of searches and a condition');
    return nothing;
  }
  const { condition, timeframe, ...searches } = detection;
  if (timeframe !== undefined) {
    report([...path, 'timeframe'], '"timeframe" was removed from Sigma; write a correlation document with a timespan');
  }
  const read = new Map(
    Object.entries(searches).map(([name, search]) => {
      return [name, { kind: 'and', name, of: [readSearch(search, [...path, name], report)] } satisfies Expression];
    }),
  );
  const conditions: unknown[] = Array.isArray(condition) ? condition : [condition];
  const alternatives = conditions.map((text, index) => {
    try {
      if (typeof text !== 'string') throw new Fault('"condition" must be text or a list of texts');
      return parseCondition(text, read);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      report([...path, 'condition', ...(Array.isArray(condition) ? [index] : [])], error.message);
      return nothing;
    }
  });
  if (alternatives.length === 0) report([...path, 'condition'], 'the list of conditions is empty');
  return alternatives.length === 1 ? alternatives[0]! : { kind: 'or', of: alternatives };
}
