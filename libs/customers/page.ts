import { z } from 'zod';
import { pageQuery } from '#platform/cursor.js';

/** The query of every list of one tenant's things. */
export const listQuery = pageQuery.extend({ tenant: z.uuid().optional() });
export type PageQuery = z.output<typeof pageQuery>;

export interface Page<T> {
  items: T[];
  /** The `cursor` of the next page; null on the last. */
  next: string | null;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
