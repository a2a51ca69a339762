import { z } from 'zod';
import type { Item, Test } from '#sigma/expression.js';
import { referredFields } from '#sigma/expression-walk.js';
import { appliedId, isText, scalar, stateHolds, written } from './pipeline-rule-conditions.js';
import type { Run } from './pipeline-run.js';
import { compileRegex } from '#sigma/regex.js';
import { writeWildcard } from './write-wildcard.js';

export type ItemCheck = (item: Item, run: Run) => boolean;
/** A condition on a field's name; `ofItem` only where an item as a whole is judged otherwise than by its names. */
export type FieldCheck = { ofField: (field: string | null, run: Run) => boolean; ofItem?: ItemCheck };

const cond = z.enum(['any', 'all']);
const quantified = (how: 'any' | 'all', holds: (test: Test) => boolean): ItemCheck =>
  how === 'any' ? ({ tests }) => tests.some(holds) : ({ tests }) => tests.every(holds);

const hasWildcard = (test: Test): boolean =>
  test.op === 'any' ? test.of.some(hasWildcard) : test.op === 'text' && test.tokens.some((token) => 'wild' in token);

/** As Python's re.match: from the beginning of the text. */
const pattern = z.string().transform((regex, context) => {
  try {
    return compileRegex(`\\A(?:${regex})`, '');
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error));
    return z.NEVER;
  }
});

/** Conditions on one item of a detection, by type. */
export const itemConditions = {
  match_string: z
    .strictObject({ cond, pattern, negate: z.boolean().default(false) })
    .transform(({ cond: how, pattern: regex, negate }) =>
      quantified(how, (test) => (test.op === 'text' && regex.test(writeWildcard(test.tokens))) !== negate),
    ),
  match_value: z.strictObject({ cond, value: scalar }).transform(({ cond: how, value }) => {
    const wanted = written(value);
    return quantified(how, (test) => isText(test, wanted));
  }),
  contains_wildcard: z.strictObject({ cond }).transform(({ cond: how }) => quantified(how, hasWildcard)),
  is_null: z.strictObject({ cond }).transform(({ cond: how }) => quantified(how, (test) => test.op === 'null')),
  processing_item_applied: appliedId.transform(
    ({ processing_item_id: id }): ItemCheck =>
      (item, run) =>
        run.changedItems.get(item)?.has(id) ?? false,
  ),
  processing_state: stateHolds.transform(
    (holds): ItemCheck =>
      (_, run) =>
        holds(run),
  ),
};

/** Whether a name is listed; keywords have none. */
const listed = z
  .strictObject({ fields: z.array(z.string()), mode: z.enum(['plain', 're']).default('plain') })
  .transform(({ fields, mode }, context) => {
    if (mode === 'plain') {
      const set = new Set(fields);
      return (field: string | null) => field !== null && set.has(field);
    }
    const patterns = fields.map((field, at) => {
      const { data, error } = pattern.safeParse(field);
      for (const { message } of error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: ['fields', at], message });
      }
      return data;
    });
    return (field: string | null) => field !== null && patterns.some((one) => one?.test(field));
  });

/** Conditions on a field's name, by type. */
export const fieldConditions = {
  include_fields: listed.transform((holds): FieldCheck => ({ ofField: holds })),
  exclude_fields: listed.transform((holds): FieldCheck => ({ ofField: (field) => !holds(field) })),
  processing_item_applied: appliedId.transform(({ processing_item_id: id }): FieldCheck => ({
    ofField: (field, run) => field !== null && (run.changedFields.get(field)?.has(id) ?? false),
    ofItem: (item, run) => run.changedItems.get(item)?.has(id) ?? false,
  })),
  processing_state: stateHolds.transform((holds): FieldCheck => ({ ofField: (_, run) => holds(run) })),
};

/** Whether a condition on names holds for an item: for its own field or for one that it refers to. */
export const fieldCheckOfItem =
  ({ ofField, ofItem }: FieldCheck): ItemCheck =>
  (item, run) =>
    ofItem ? ofItem(item, run) : [item.field, ...referredFields(item.tests)].some((field) => ofField(field, run));
