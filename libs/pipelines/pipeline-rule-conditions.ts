import { z } from 'zod';
import { levels, statuses, type Logsource, type SigmaCorrelation, type SigmaRule } from '#sigma/document.js';
import type { Item, Test } from '#sigma/expression.js';
import { itemsOf } from '#sigma/expression-walk.js';
import type { Run } from './pipeline-run.js';
import { parseWildcard } from '#sigma/wildcard.js';
import { writeWildcard } from './write-wildcard.js';

/** A condition on the rule; `source` is set for one on its log source, `after` for one on an earlier processing item. */
export type RuleCheck = { holds: (run: Run) => boolean; source?: Logsource; after?: string; fixed?: boolean };

const text = z.string().min(1);
export const scalar = z.union([z.string(), z.number(), z.boolean()]);
type Scalar = z.output<typeof scalar>;

const order = {
  eq: (a: number | string, b: number | string) => a === b,
  ne: (a: number | string, b: number | string) => a !== b,
  gt: (a: number | string, b: number | string) => a > b,
  gte: (a: number | string, b: number | string) => a >= b,
  lt: (a: number | string, b: number | string) => a < b,
  lte: (a: number | string, b: number | string) => a <= b,
};
const op = z.enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte']);

const comparable = (value: unknown): number | string => (typeof value === 'number' ? value : String(value));

export const appliedId = z.strictObject({ processing_item_id: text });
export const stateHolds = z.strictObject({ key: text, val: scalar, op: op.default('eq') }).transform(
  ({ key, val, op: relation }) =>
    (run: Run): boolean =>
      run.state.has(key) && order[relation](comparable(run.state.get(key)), comparable(val)),
);

const parts = ['category', 'product', 'service'] as const;
const part = text.optional();
const source = z
  .strictObject({ category: part, product: part, service: part })
  .refine((it) => it.category ?? it.product ?? it.service, 'name at least one of category, product and service');

/** Whether a text value of a rule is written just so; numbers and truth values count as their text. */
export const isText = (test: Test, wanted: string): boolean =>
  test.op === 'text'
    ? writeWildcard(test.tokens) === wanted
    : test.op === 'any' && test.of.some((one) => isText(one, wanted));

export const written = (value: Scalar): string => writeWildcard(parseWildcard(String(value)));

function ruleItems({ document, detection }: Run): Item[] {
  return document.kind === 'rule' ? [...itemsOf(detection)] : [];
}

const attributes = [
  'title',
  'id',
  'name',
  'license',
  'author',
  'description',
  'references',
  'falsepositives',
  'tags',
  'date',
  'modified',
  'level',
  'status',
] as const;
const ranks: Partial<Record<string, readonly string[]>> = { level: levels, status: statuses.toReversed() };

function attributeHolds(
  document: SigmaRule | SigmaCorrelation,
  { attribute, value, op: relation }: { attribute: (typeof attributes)[number]; value: Scalar; op: string },
): boolean {
  const found = document[attribute];
  if (found === undefined) return false;
  if (Array.isArray(found)) {
    const contains = found.includes(String(value));
    return relation === 'ne' || (relation === 'in' && contains) || (relation === 'not_in' && !contains);
  }
  if (relation === 'in' || relation === 'not_in') return false;
  const rank = ranks[attribute];
  const compare = order[relation as keyof typeof order];
  return rank ? compare(rank.indexOf(found), rank.indexOf(String(value))) : compare(found, String(value));
}

const attribute = z.strictObject({
  attribute: z.enum(attributes),
  value: scalar,
  op: z.enum([...op.options, 'in', 'not_in']).default('eq'),
});

const check = (holds: (run: Run) => boolean): RuleCheck => ({ holds });

/** Conditions on a rule, by type. */
export const ruleConditions = {
  logsource: source.transform((wanted): RuleCheck => ({
    source: wanted,
    holds: ({ logsource }) => parts.every((name) => wanted[name] === undefined || wanted[name] === logsource[name]),
  })),
  contains_field: z
    .strictObject({ field: text })
    .transform(({ field }) => check((run) => ruleItems(run).some((item) => item.field === field))),
  contains_detection_item: z.strictObject({ field: text, value: scalar }).transform(({ field, value }) => {
    const wanted = written(value);
    return check((run) =>
      ruleItems(run).some((item) => item.field === field && item.tests.some((test) => isText(test, wanted))),
    );
  }),
  processing_item_applied: appliedId.transform(({ processing_item_id: id }): RuleCheck => ({
    after: id,
    holds: (run) => run.applied.has(id),
  })),
  processing_state: stateHolds.transform(check),
  is_sigma_rule: z
    .strictObject({})
    .transform((): RuleCheck => ({ fixed: true, holds: ({ document }) => document.kind === 'rule' })),
  is_sigma_correlation_rule: z
    .strictObject({})
    .transform((): RuleCheck => ({ fixed: true, holds: ({ document }) => document.kind === 'correlation' })),
  rule_attribute: attribute.transform((wanted) => check(({ document }) => attributeHolds(document, wanted))),
  tag: z.strictObject({ tag: text }).transform(({ tag }) => check(({ document }) => document.tags.includes(tag))),
};
