import { z } from 'zod';
import type { Logsource } from '#sigma/document.js';
import { joinConditions } from './join-conditions.js';
import { fieldCheckOfItem, fieldConditions, itemConditions } from './pipeline-item-conditions.js';
import { fieldTransformations } from './pipeline-fields.js';
import { addCondition, changeLogsource, ruleTransformations } from './pipeline-rules.js';
import { ruleConditions, type RuleCheck } from './pipeline-rule-conditions.js';
import type { Run, Scope, Transformation } from './pipeline-run.js';
import { valueTransformations } from './pipeline-values.js';

type Step =
  | { kind: 'condition'; apply: Transformation; parts: readonly (keyof Logsource)[] }
  | { kind: 'logsource' | 'other'; apply: Transformation }
  | { kind: 'nest'; items: readonly ProcessingItem[] };

/** One transformation of a pipeline with the conditions under which it is applied. */
export type ProcessingItem = Step & { scope: Scope; checks: readonly RuleCheck[]; applies(run: Run): boolean };

const known = { ...fieldTransformations, ...valueTransformations, ...ruleTransformations };
const types = [...Object.keys(known), 'add_condition', 'change_logsource', 'nest'];

const noExternal = 'a pipeline reads nothing but itself; give the values under "vars" and use value_placeholders';
/** What pySigma has and Plantwatch does not. */
const notCovered: Record<string, string> = {
  field_name_transform: 'it is a Python function; use field_name_mapping',
  extract_fields: 'write the fields into the rule',
  regex: 'matching does not depend on case anyway; remove it',
  set_custom_attribute: 'rules have no custom attributes here; use set_state',
  query_expression_placeholders: 'there is no query to put it in; use value_placeholders',
  file_placeholders: noExternal,
  http_placeholders: noExternal,
  command_placeholders: noExternal,
};

const op = z.enum(['and', 'or']).optional();
const not = z.boolean().default(false);
const expr = z.string().min(1).optional();
const typed = z.looseObject({ type: z.string() });
const conditions = z.union([z.array(typed), z.record(z.string(), typed)]).default([]);

const itemSchema = z.looseObject({
  id: z.string().min(1).optional(),
  type: z.string(),
  rule_conditions: conditions,
  rule_cond_op: op,
  rule_cond_not: not,
  rule_cond_expr: expr,
  detection_item_conditions: conditions,
  detection_item_cond_op: op,
  detection_item_cond_not: not,
  detection_item_cond_expr: expr,
  field_name_conditions: conditions,
  field_name_cond_op: op,
  field_name_cond_not: not,
  field_name_cond_expr: expr,
});
type Raw = z.output<typeof itemSchema>;
type Kind = 'rule' | 'detection_item' | 'field_name';
type Context = z.core.$RefinementCtx;

/** What is wrong, and where; an unknown field is pointed at itself. */
export const explainIssue = (issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: `unknown field "${key}"; remove it or correct its name`,
      }))
    : [{ path: issue.path, message: issue.message }];

/** Reads with a schema of its own; mistakes get the path of the part. */
function readPart<T>(schema: z.ZodType<T>, value: unknown, path: PropertyKey[], context: Context): T | undefined {
  const read = schema.safeParse(value);
  for (const issue of read.error?.issues ?? []) {
    for (const mistake of explainIssue(issue)) {
      context.addIssue({ code: 'custom', path: [...path, ...mistake.path], message: mistake.message });
    }
  }
  return read.data;
}

function readConditions<T>(raw: Raw, kind: Kind, schemas: Record<string, z.ZodType<T>>, context: Context) {
  const given = raw[`${kind}_conditions`];
  const found = new Map<string, T>();
  for (const [key, { type, ...params }] of Object.entries(given)) {
    const path = [`${kind}_conditions`, Array.isArray(given) ? Number(key) : key];
    const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
    if (!schema) {
      const message = `the condition "${type}" is not known; known are ${Object.keys(schemas).join(', ')}`;
      context.addIssue({ code: 'custom', path: [...path, 'type'], message });
      continue;
    }
    const read = readPart(schema, params, path, context);
    if (read !== undefined) found.set(key, read);
  }
  const how = raw[`${kind}_cond_op`];
  const expression = raw[`${kind}_cond_expr`];
  const wrong = (message: string) => context.addIssue({ code: 'custom', path: [`${kind}_cond_expr`], message });
  if (expression !== undefined && how) wrong(`give "${kind}_cond_expr" or "${kind}_cond_op", not both`);
  if (expression !== undefined && Array.isArray(given))
    wrong(`"${kind}_cond_expr" needs "${kind}_conditions" as a map of names`);
  try {
    const linked = { conditions: found, op: how ?? 'and', not: raw[`${kind}_cond_not`], expr: expression } as const;
    return { checks: [...found.values()], holds: joinConditions(linked) };
  } catch (error) {
    wrong(error instanceof Error ? error.message : String(error));
    return { checks: [], holds: () => false };
  }
}

function paramsOf(raw: Raw): Record<string, unknown> {
  const shared = new Set(Object.keys(itemSchema.shape));
  return Object.fromEntries(Object.entries(raw).filter(([key]) => !shared.has(key)));
}

const partsIn = (params: Record<string, unknown>): (keyof Logsource)[] => {
  const written = params.template === true ? JSON.stringify(params.conditions) : '';
  return (['category', 'product', 'service'] as const).filter(
    (part) => written.includes(`$${part}`) || written.includes(`$\{${part}`),
  );
};

function readTransformation(raw: Raw, context: Context): Step | undefined {
  const params = paramsOf(raw);
  const { type } = raw;
  if (type === 'nest') {
    const items = readPart(z.strictObject({ items: processingItems }), params, [], context)?.items;
    return items && { kind: 'nest', items };
  }
  if (type === 'add_condition') {
    const apply = readPart(addCondition, params, [], context);
    return apply && { kind: 'condition', apply, parts: partsIn(params) };
  }
  if (type === 'change_logsource') {
    const apply = readPart(changeLogsource, params, [], context);
    return apply && { kind: 'logsource', apply };
  }
  const schema = Object.hasOwn(known, type) ? known[type as keyof typeof known] : undefined;
  if (schema) {
    const apply = readPart<Transformation>(schema, params, [], context);
    return apply && { kind: 'other', apply };
  }
  const reason = Object.hasOwn(notCovered, type)
    ? `is not supported: ${notCovered[type]}`
    : `is not known; known are ${types.join(', ')}`;
  context.addIssue({ code: 'custom', path: ['type'], message: `the transformation "${type}" ${reason}` });
  return undefined;
}

const item = itemSchema.transform((raw, context): ProcessingItem => {
  const rule = readConditions<RuleCheck>(raw, 'rule', ruleConditions, context);
  const ofItem = readConditions(raw, 'detection_item', itemConditions, context);
  const ofField = readConditions(raw, 'field_name', fieldConditions, context);
  const made = readTransformation(raw, context);
  if (!made) return z.NEVER;
  const scope: Scope = {
    id: raw.id,
    ofField: (field, run) => ofField.holds((one) => one.ofField(field, run)),
    ofItem: (found, run) =>
      ofItem.holds((one) => one(found, run)) && ofField.holds((one) => fieldCheckOfItem(one)(found, run)),
  };
  return { ...made, scope, checks: rule.checks, applies: (run) => rule.holds((one) => one.holds(run)) };
});

/** A list of processing items as pySigma writes them. */
export const processingItems: z.ZodType<ProcessingItem[]> = z.lazy(() => z.array(item));
