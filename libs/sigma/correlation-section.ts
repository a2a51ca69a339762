import { z } from 'zod';
import { impossible, isTemporal, type Mistake } from './correlation-checks.js';
import { correlationTypes, relations, type Bound, type Relation, type SigmaCorrelation } from './document.js';
import { Fault } from './fault.js';
import { parseRuleCondition } from './rule-condition.js';
import { timespan } from './timespan.js';

type Section = Pick<
  SigmaCorrelation,
  'type' | 'rules' | 'groupBy' | 'aliases' | 'timespan' | 'bounds' | 'ways' | 'valueFields' | 'percentile' | 'generate'
>;
type Report = (issues: z.core.$ZodIssue[]) => void;

const type = z.string().transform((name, context) => {
  const known = correlationTypes.find((one) => one === name);
  if (known) return known;
  context.addIssue(`the correlation type "${name}" is not known; use ${correlationTypes.join(', ')}`);
  return z.NEVER;
});

const relationNames = Object.keys(relations) as Relation[];
const text = z.string().min(1);
const field = text.max(256);
const oneOrMany = (one: z.ZodString) => z.union([one.transform((it) => [it]), z.array(one).min(1)]);
const bound = z.number().optional();
const boundsSchema = z.strictObject({
  gt: bound,
  gte: bound,
  lt: bound,
  lte: bound,
  eq: bound,
  neq: bound,
  field: oneOrMany(field).optional(),
  percentile: z.number().min(0).max(100).optional(),
});

const sectionWith = <T extends z.ZodType>(condition: T) =>
  z.strictObject({
    type,
    rules: oneOrMany(text).optional(),
    'group-by': z.union([field.transform((one) => [one]), z.array(field)]).default([]),
    timespan,
    aliases: z.record(z.string(), z.record(z.string(), field)).default({}),
    condition,
    generate: z.boolean().default(false),
  });
const withBounds = sectionWith(boundsSchema.optional());
const withText = sectionWith(z.string());

/**
 * Reads the `correlation` section of a correlation document (Sigma correlation rules specification 2.1, with the
 * conditions over rules of 2.2 and pySigma's `value_median` and `percentile`). Every mistake is reported with its path.
 */
export function readCorrelation(raw: unknown, report: Report): Section | null {
  const textual = typeof raw === 'object' && raw !== null && 'condition' in raw && typeof raw.condition === 'string';
  const read = (textual ? withText : withBounds).safeParse(raw);
  if (!read.success) {
    report(read.error.issues);
    return null;
  }
  const { condition, 'group-by': groupBy, rules = null, ...rest } = read.data;
  const { field: valueFields = [], percentile = null } = typeof condition === 'object' ? condition : {};
  const bounds = relationNames.flatMap((relation): Bound[] => {
    const value = typeof condition === 'object' ? condition[relation] : undefined;
    return value === undefined ? [] : [{ relation, value }];
  });
  const decided = typeof condition === 'string' ? overRules(condition, rest.type, rules) : { rules, ways: [] };
  if ('problem' in decided) return refuse(report, [[['condition'], decided.problem]]);
  if (!decided.rules) return refuse(report, [[['rules'], 'name the rules to correlate']]);
  const section = { ...rest, groupBy, bounds, valueFields, percentile, rules: decided.rules, ways: decided.ways };
  const mistakes = [...impossible(section)];
  return mistakes.length > 0 ? refuse(report, mistakes) : section;
}

function refuse(report: Report, mistakes: readonly Mistake[]): null {
  report(mistakes.map(([path, message]) => ({ code: 'custom', path, message, input: undefined })));
  return null;
}

function overRules(condition: string, kind: Section['type'], rules: string[] | null) {
  if (!isTemporal(kind))
    return { problem: `"${kind}" needs bounds such as gte: 6; only temporal types name rules here` };
  try {
    return parseRuleCondition(condition, rules);
  } catch (error) {
    if (error instanceof Fault) return { problem: error.message };
    throw error;
  }
}
