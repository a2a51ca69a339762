import type { z } from 'zod';
import type { person } from './access.schema.js';
import type { PersonEntity } from './person.entity.js';

/** What others may see of a person: never the password's hash. */
export function describePerson({ id, name, email, role, tenantId, createdAt }: PersonEntity): z.input<typeof person> {
  return { id, name, email, role, tenantId, createdAt: createdAt.toISOString() };
}
