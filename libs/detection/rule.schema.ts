import { z } from 'zod';
import { levels, statuses } from '#sigma/document.js';

export const rule = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['rule', 'correlation']),
  level: z.enum(levels).nullable(),
  status: z.enum(statuses).nullable(),
  description: z.string().nullable(),
  author: z.string().nullable(),
  license: z.string().nullable(),
  /** ATT&CK ids. */
  techniques: z.array(z.string()),
  /** False for a rule that only is a part of correlations. */
  alerts: z.boolean(),
  /** The Sigma file, YAML. */
  source: z.string(),
});
export type Rule = z.infer<typeof rule>;

export const rulePage = z.object({ items: z.array(rule), next: z.null() });
export type RulePage = z.infer<typeof rulePage>;

export const ruleId = z.string().min(1).max(256);

export const ruleText = z.object({ text: z.string().max(500_000) });
export type RuleText = z.infer<typeof ruleText>;

export const ruleCheck = z.object({
  ok: z.boolean(),
  errors: z.array(z.object({ file: z.string(), line: z.int(), message: z.string() })),
});
export type RuleCheck = z.infer<typeof ruleCheck>;
