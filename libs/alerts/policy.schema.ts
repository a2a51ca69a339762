import { z } from 'zod';
import { SEVERITIES } from './severity.js';

const MOST = { steps: 10, channels: 10, afterSeconds: 7 * 24 * 3600 };
const time = z.iso.datetime();
const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');

const policyStep = z.object({
  afterSeconds: z.int().min(0).max(MOST.afterSeconds),
  channelIds: z.array(z.uuid()).min(1).max(MOST.channels),
  label: name,
});

const fields = {
  name,
  minSeverity: z.enum(SEVERITIES),
  steps: z.array(policyStep).min(1).max(MOST.steps),
  default: z.boolean().describe("The tenant's policy in force; the first one is in any case."),
};

export const policyQuery = z.object({ tenant: z.uuid().optional() });

export const newPolicy = z.object({ ...fields, tenant: z.uuid().optional(), default: fields.default.default(false) });
export type NewPolicy = z.output<typeof newPolicy>;

/** There is always one in force: another one replaces it. */
export const policyChange = z.object({ ...fields, default: z.literal(true) }).partial();
export type PolicyChange = z.output<typeof policyChange>;

export const policyView = z.object({ id: z.uuid(), ...fields, createdAt: time, updatedAt: time });
export type PolicyView = z.output<typeof policyView>;

export const policyList = z.object({ items: z.array(policyView), next: z.null() });
export type PolicyList = z.output<typeof policyList>;
