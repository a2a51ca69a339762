import { z } from 'zod';
import { sizeOf } from './budget.js';
import { readDetection, type Context } from './detection.js';
import type { Logsource, SigmaDetection, SigmaError, SigmaFilter, SigmaRule } from './document.js';
import { limits } from './limits.js';
import { placeholdersOf } from './placeholders.js';

type Section = Pick<SigmaFilter, 'rules' | 'detection'>;

const text = z.string().min(1);
const rulesSchema = z.union(
  [text.transform((one) => (one === 'any' ? ('any' as const) : [one])), z.array(text).min(1)],
  'name the rules by id or name, or write "any" for all rules of the log source',
);

/** Reads the `filter` section of a filter document: `rules`, searches and one condition (filters specification 2.2). */
export function readFilter(raw: unknown, context: Context): Section | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    context.report(['filter'], '"filter" must be a map of rules, searches and a condition');
    return null;
  }
  const { rules, ...detection } = raw as Record<string, unknown>;
  if ('condition' in detection && typeof detection['condition'] !== 'string') {
    context.report(['filter', 'condition'], 'the condition of a filter must be one text');
    return null;
  }
  const read = rulesSchema.safeParse(rules);
  if (!read.success) {
    for (const issue of read.error.issues) context.report(['filter', 'rules', ...issue.path], issue.message);
  } else if (read.data !== 'any' && new Set(read.data).size < read.data.length) {
    context.report(['filter', 'rules'], 'a rule is named twice; name each rule once');
  }
  const expression = readDetection(detection, ['filter'], context);
  return read.success ? { rules: read.data, detection: expression } : null;
}

const parts = ['category', 'product', 'service'] as const;

/** Whether every part that the filter names is the same in the rule. */
const covers = (filter: Logsource, rule: Logsource): boolean =>
  parts.every((part) => filter[part] === undefined || filter[part] === rule[part]);

type Find = (name: string) => SigmaDetection | undefined;

function* targets(filter: SigmaFilter, rules: Iterable<SigmaRule>, find: Find): Generator<SigmaRule | string> {
  if (filter.rules === 'any') {
    for (const rule of rules) if (covers(filter.logsource, rule.logsource)) yield rule;
    return;
  }
  for (const name of filter.rules) {
    const target = find(name);
    if (!target) yield `the filter names "${name}", which no rule has as id or name`;
    else if (target.kind !== 'rule') yield `the filter names "${name}", a correlation; name the rules that it counts`;
    else if (covers(filter.logsource, target.logsource)) yield target;
    else yield `the filter names "${name}", which has another log source; correct "logsource" or the name`;
  }
}

/**
 * Joins each filter to the rules it names: a rule then holds where its detection and the condition of the filter do, so
 * an exclusion is written `condition: not selection` (as pySigma's SigmaFilter.apply_on_rule does). Changes `rules`, and
 * tells what is wrong; a filter with a mistake is joined to no rule.
 */
export function applyFilters(rules: Map<string, SigmaRule>, filters: readonly SigmaFilter[], find: Find): SigmaError[] {
  const errors: SigmaError[] = [];
  for (const filter of filters) {
    const found = [...targets(filter, rules.values(), find)];
    const faults = found.filter((one) => typeof one === 'string');
    const lists = [...placeholdersOf(filter.detection)];
    if (lists.length > 0) faults.push(`the filter needs the list "${lists.join('", "')}"; give its values`);
    if (sizeOf(filter.detection) * found.length > limits.expanded) {
      faults.push(`the filter adds more than ${limits.expanded} values to the rules; shorten it or name fewer rules`);
    }
    for (const message of faults) errors.push({ file: filter.file, line: filter.line, message });
    if (faults.length > 0) continue;
    for (const rule of found.filter((one) => typeof one !== 'string')) {
      const current = rules.get(rule.id) ?? rule;
      rules.set(rule.id, { ...current, detection: { kind: 'and', of: [current.detection, filter.detection] } });
    }
  }
  return errors;
}
