import { z } from 'zod';
import { levels, statuses, type Logsource } from './document.js';
import { settingsSchema } from './settings.js';

/** The JSON schema wants each entry once; SigmaHQ's older rules say some twice, which does no harm. */
const once = (list: string[]): string[] => [...new Set(list)];
const texts = z.array(z.string().min(1)).transform(once).default([]);

function isDay(text: string): boolean {
  const parts = /^(\d{4})[-/](\d{2})[-/](\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Specification 2 has dashes; rules older than it have slashes. */
const date = z.string().refine(isDay, 'write the date as YYYY-MM-DD');

const related = z.strictObject({
  id: z.string().min(1),
  type: z.enum(['derived', 'obsolete', 'merged', 'renamed', 'similar', 'correlation']),
});

const namespaced = z.string().regex(/^[a-z0-9_-]+\.[a-z0-9._-]+$/, 'write a tag as namespace.name in lower case');

/** Ids and names are keys of objects, of which one means something else. */
const identifier = z
  .string()
  .min(1)
  .max(256)
  .refine((it) => it !== '__proto__', 'choose another one: "__proto__" has a meaning of its own');

/** What the specification says of every kind of document. */
const common = {
  title: z.string().min(1).max(256),
  id: identifier.optional(),
  name: identifier.optional(),
  taxonomy: z.string().min(1).max(256).optional(),
  description: z.string().max(65_535).trim().optional(),
  license: z.string().optional(),
  author: z.string().optional(),
  references: texts,
  date: date.optional(),
  modified: date.optional(),
};

const judged = {
  ...common,
  related: z.array(related).optional(),
  status: z.enum(statuses).optional(),
  falsepositives: texts,
  level: z.enum(levels).optional(),
  tags: z.array(namespaced).transform(once).default([]),
  plantwatch: settingsSchema.prefault({}),
};

const logsourceSchema = z
  .strictObject({
    category: z.string().min(1).optional(),
    product: z.string().min(1).optional(),
    service: z.string().min(1).optional(),
    definition: z.string().optional(),
  })
  .refine((it) => it.category ?? it.product ?? it.service, 'name at least one of category, product and service')
  .transform(({ definition: _, ...logsource }): Logsource => logsource);

const present = (name: string) => z.unknown().refine((it) => it !== undefined, `a rule needs a ${name}`);

/**
 * A rule (specification 2.1 and its JSON schema). The specification allows "arbitrary custom fields"; here they must be
 * known by name, because a field that is silently ignored is mostly a mistyped one: `plantwatch`, and SigmaHQ's
 * `regression_tests_path` and `simulation` (its regression convention). All other fields are errors, also in `logsource`,
 * where an attribute that nothing reads would widen the rule.
 */
export const ruleSchema = z.strictObject({
  ...judged,
  logsource: logsourceSchema,
  detection: present('detection'),
  fields: texts,
  scope: z.array(z.string().min(2)).optional(),
  regression_tests_path: z.unknown().optional(),
  simulation: z.unknown().optional(),
});

/** A correlation (correlation rules specification 2.1; `tags` come from 2.2). */
export const correlationSchema = z.strictObject({
  ...judged,
  correlation: z.unknown(),
  generate: z.boolean().optional(),
});

const none = (reason: string) => z.undefined(`${reason}; remove it`).optional();

/** A filter (filters specification 2.1): it has neither level nor status, for it only adds to rules. */
export const filterSchema = z.strictObject({
  ...common,
  related: judged.related,
  tags: judged.tags,
  falsepositives: judged.falsepositives,
  plantwatch: settingsSchema.prefault({}),
  level: none('a filter has no level, it narrows rules that have one'),
  status: none('a filter has no status'),
  logsource: logsourceSchema,
  filter: z.unknown(),
});

/** The names that a document of the kind may have at its top; what is neither of the others is taken for a rule. */
export const fieldNames = {
  rule: [...Object.keys(ruleSchema.shape), 'correlation', 'filter'],
  correlation: Object.keys(correlationSchema.shape),
  filter: Object.keys(filterSchema.shape),
};
