import { z } from 'zod';
import { isCustomerRole, ROLES } from './permissions.js';

export const signInBody = z.object({ email: z.email().max(254), password: z.string().min(1).max(1024) });

export const me = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  tenantId: z.uuid().nullable(),
  tenantIds: z.array(z.uuid()),
  permissions: z.array(z.string()),
});

export const person = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  tenantId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
});

export const personList = z.object({ items: z.array(person), next: z.string().nullable() });

export const personBody = z
  .object({
    email: z.email().max(254),
    name: z.string().min(1).max(200),
    role: z.enum(ROLES),
    /** Customers' people belong to one tenant; staff are assigned to tenants. */
    tenantId: z.uuid().nullable().default(null),
    tenantIds: z.array(z.uuid()).max(10_000).default([]),
    password: z.string().min(14, 'must have at least 14 characters').max(1024).optional(),
  })
  .refine((body) => isCustomerRole(body.role) === (body.tenantId !== null), {
    path: ['tenantId'],
    message: 'belongs to customer roles, and only to them',
  });
export type NewPerson = z.output<typeof personBody>;

export const tokenBody = z.object({
  name: z.string().min(1).max(200),
  expiresInDays: z.number().int().min(1).max(365).default(90),
});

export const issuedToken = z.object({ id: z.uuid(), token: z.string(), expiresAt: z.iso.datetime() });

export const tokenList = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      createdAt: z.iso.datetime(),
      lastUsedAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
    }),
  ),
  next: z.null(),
});
