import { z } from 'zod';
import { readSearch } from '#sigma/detection.js';
import type { Logsource } from '#sigma/document.js';
import type { Expression, Item } from '#sigma/expression.js';
import { fieldsOf } from '#sigma/expression-walk.js';
import { changeItems, Refusal, type Transformation } from './pipeline-run.js';
import { scalar } from './pipeline-rule-conditions.js';
import { parseWildcard } from '#sigma/wildcard.js';
import { writeWildcard } from './write-wildcard.js';

const text = z.string().min(1);
const fieldNames = z.union([text.transform((one) => [one]), z.array(text)]);

type Values = { [field: string]: unknown };

/** `$category`, `$product` and `$service` in the values of added conditions. */
function substitute(value: unknown, logsource: Logsource): unknown {
  if (Array.isArray(value)) return value.map((one) => substitute(one, logsource));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{?(category|product|service)\}?/g, (_, part: keyof Logsource) => logsource[part] ?? 'None');
}

function readConditions(conditions: unknown): {
  read: Expression;
  mistakes: { path: PropertyKey[]; message: string }[];
} {
  const mistakes: { path: PropertyKey[]; message: string }[] = [];
  const read = readSearch(conditions, ['conditions'], (path, message) => mistakes.push({ path: [...path], message }));
  return { read, mistakes };
}

const both = (added: Expression, to: Expression): Expression => ({
  kind: 'and',
  of: [added, ...(to.kind === 'and' && to.name === undefined ? to.of : [to])],
});

/** Joins a search with the rule's own condition; a list of maps means any of them. */
export const addCondition = z
  .strictObject({
    conditions: z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]),
    name: text.optional(),
    template: z.boolean().default(false),
    negated: z.boolean().default(false),
  })
  .transform(({ conditions, name, template, negated }, context): Transformation => {
    const { read, mistakes } = readConditions(conditions);
    for (const { path, message } of mistakes) context.addIssue({ code: 'custom', path, message });
    const made = (logsource: Logsource): Expression => {
      if (!template) return read;
      const filled = [conditions].flat().map((one: Values) => {
        return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, substitute(value, logsource)]));
      });
      return readConditions(filled).read;
    };
    return (run) => {
      const search = made(run.logsource);
      const named: Expression = name === undefined ? search : { kind: 'and', of: [search], name };
      run.detection = both(negated ? { kind: 'not', of: named } : named, run.detection);
    };
  });

export const changeLogsource = z
  .strictObject({ category: text.optional(), product: text.optional(), service: text.optional() })
  .refine((it) => it.category ?? it.product ?? it.service, 'name at least one of category, product and service')
  .transform((logsource): Transformation => (run) => {
    run.logsource = logsource;
  });

const failure = z.strictObject({ message: text });

const lengths: Record<number, string> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256', 128: 'SHA512' };

/** `SHA1=...`, `SHA1|...` or a bare hash, which its length tells (pySigma's hashes_fields). */
function readHash(value: string): { algorithm: string; hash: string } {
  const parts = value.split(value.includes('|') ? '|' : '=');
  const hash = (parts.length === 2 ? parts[1]! : parts[0]!).replace(/^[*?]+|[*?]+$/g, '');
  const algorithm = parts.length === 2 ? parts[0]!.replace(/^\*+/, '').toUpperCase() : (lengths[hash.length] ?? '');
  return { algorithm, hash };
}

const hashesFields = z
  .strictObject({
    valid_hash_algos: z.array(text).min(1),
    field_prefix: z.string().default(''),
    drop_algo_prefix: z.boolean().default(false),
    field_to_parse: z.array(text).default(['Hashes', 'Hash']),
  })
  .transform(({ valid_hash_algos: valid, field_prefix: prefix, drop_algo_prefix: drop, field_to_parse: from }) => {
    const split = (item: Item): Expression | undefined => {
      if (item.field === null || !from.includes(item.field)) return undefined;
      if (!item.tests.every((test) => test.op === 'text')) return undefined;
      const of = item.tests.flatMap((test): Expression[] => {
        const { algorithm, hash } = readHash(writeWildcard(test.tokens));
        if (!valid.includes(algorithm)) return [];
        const field = drop ? prefix : prefix + algorithm;
        return [{ kind: 'item', field, tests: [{ ...test, tokens: parseWildcard(hash) }], every: false }];
      });
      if (of.length === 0) throw new Refusal(`no value of "${item.field}" is a hash of ${valid.join(', ')}`);
      return { kind: item.every ? 'and' : 'or', of };
    };
    return ((run, scope) => changeItems(run, scope, split)) satisfies Transformation;
  });

/** Transformations of the rule as a whole and of what it looks for, by type. */
export const ruleTransformations = {
  set_state: z.strictObject({ key: text, val: scalar }).transform(({ key, val }): Transformation => (run) => {
    run.state.set(key, val);
  }),
  rule_failure: failure.transform(({ message }): Transformation => () => {
    throw new Refusal(message);
  }),
  detection_item_failure: failure.transform(
    ({ message }): Transformation =>
      (run, scope) =>
        changeItems(run, scope, () => {
          throw new Refusal(message);
        }),
  ),
  strict_field_mapping_failure: z.strictObject({}).transform((): Transformation => ({ detection, mapped }) => {
    const unmapped = fieldsOf(detection).filter((field) => !mapped.has(field));
    if (unmapped.length > 0) throw new Refusal(`the pipeline maps no field ${unmapped.join(', ')}`);
  }),
  drop_detection_item: z
    .strictObject({})
    .transform((): Transformation => (run, scope) => changeItems(run, scope, () => null)),
  hashes_fields: hashesFields,
  add_field: z.strictObject({ field: fieldNames }).transform(({ field }): Transformation => (run) => {
    run.fields.push(...field.map((one) => [one]));
  }),
  remove_field: z.strictObject({ field: fieldNames }).transform(({ field }): Transformation => (run) => {
    run.fields = run.fields.map((names) => names.filter((one) => !field.includes(one)));
  }),
  set_field: z.strictObject({ fields: z.array(text) }).transform(({ fields }): Transformation => (run) => {
    run.fields = fields.map((one) => [one]);
  }),
};
