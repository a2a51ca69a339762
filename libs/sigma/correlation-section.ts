import { z } from 'zod';
import { correlationTypes, relations, type Bound, type Relation, type SigmaCorrelation } from './document.js';
import { timespan } from './timespan.js';

type Section = Pick<
  SigmaCorrelation,
  'type' | 'rules' | 'groupBy' | 'aliases' | 'timespan' | 'bounds' | 'valueFields' | 'generate'
>;

const laterTypes = ['value_sum', 'value_avg', 'value_percentile', 'value_median'];

const type = z.string().transform((name, context) => {
  const known = correlationTypes.find((one) => one === name);
  if (known) return known;
  context.addIssue(
    laterTypes.includes(name)
      ? `the correlation type "${name}" is not supported yet; use ${correlationTypes.join(', ')}`
      : `the correlation type "${name}" is not known; use ${correlationTypes.join(', ')}`,
  );
  return z.NEVER;
});

const relationNames = Object.keys(relations) as Relation[];
const bound = z.number().optional();
const conditionSchema = z.strictObject({
  gt: bound,
  gte: bound,
  lt: bound,
  lte: bound,
  eq: bound,
  neq: bound,
  field: z
    .union([
      z
        .string()
        .min(1)
        .transform((one) => [one]),
      z.array(z.string().min(1)).min(1),
    ])
    .optional(),
});
type Condition = z.output<typeof conditionSchema>;

const text = z.string().min(1);
const sectionSchema = z
  .strictObject({
    type,
    rules: z.union([text.transform((one) => [one]), z.array(text).min(1)]),
    'group-by': z.union([text.transform((one) => [one]), z.array(text)]).default([]),
    timespan,
    aliases: z.record(z.string(), z.record(z.string(), text)).default({}),
    condition: conditionSchema.optional(),
    generate: z.boolean().default(false),
  })
  .superRefine((section, context) => {
    for (const [path, message] of impossible(section.type, section.rules, section.condition)) {
      context.addIssue({ code: 'custom', path, message });
    }
  });

const boundsOf = (condition: Condition | undefined): Bound[] =>
  relationNames.flatMap((relation) => {
    const value = condition?.[relation];
    return value === undefined ? [] : [{ relation, value }];
  });

/** What the type does not go together with, each with the place to correct. */
function* impossible(kind: string, rules: string[], condition: Condition | undefined): Generator<[string[], string]> {
  const bounds = boundsOf(condition);
  const temporal = kind.startsWith('temporal');
  if (new Set(rules).size < rules.length) yield [['rules'], 'a rule is named twice; name each rule once'];
  if (temporal && rules.length < 2) yield [['rules'], `"${kind}" needs two or more rules`];
  if (!temporal && bounds.length === 0) yield [['condition'], `"${kind}" needs a condition such as gte: 6`];
  if (bounds.length > 2) yield [['condition'], 'a condition has one bound, or two for a range'];
  if (kind === 'temporal_ordered' && condition) {
    yield [['condition'], '"temporal_ordered" wants every rule in the order given; remove the condition'];
  }
  if (kind === 'value_count' && !condition?.field) yield [['condition'], '"value_count" needs condition.field'];
  if (kind !== 'value_count' && condition?.field) {
    yield [['condition', 'field'], `"${kind}" counts no field values; remove "field" or use value_count`];
  }
}

/** Reads the `correlation` section of a correlation document. */
export function readCorrelation(raw: unknown, report: (issues: z.core.$ZodIssue[]) => void): Section | null {
  const read = sectionSchema.safeParse(raw);
  if (!read.success) {
    report(read.error.issues);
    return null;
  }
  const { condition, 'group-by': groupBy, ...section } = read.data;
  return { ...section, groupBy, bounds: boundsOf(condition), valueFields: condition?.field ?? [] };
}
