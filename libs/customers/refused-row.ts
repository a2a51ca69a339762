import { z } from 'zod';
import { conflict, invalid, type UserError } from '#platform/errors.js';

/** SQLSTATE classes that are the caller's doing (PostgreSQL, appendix A). */
const SQLSTATE = { foreignKey: '23503', unique: '23505', exclusion: '23P01' };
const refusal = z.object({ driverError: z.object({ code: z.string(), table: z.string(), constraint: z.string() }) });

/**
 * What the caller is told when PostgreSQL refuses a row: our foreign keys are named `<table>_<column>_ref`.
 * @returns undefined when the refusal is not the caller's mistake
 */
export function refusedRow(error: unknown): UserError | undefined {
  const { data } = refusal.safeParse(error);
  if (!data) return undefined;
  const { code, table, constraint } = data.driverError;
  if (code === SQLSTATE.unique) {
    // PostgreSQL names it `<table>[_tenant_id]_<column>_key`. Of the other row it tells nothing: it may be another customer's.
    const column = constraint.slice(table.length + 1).replace(/^tenant_id_|_key$/g, '');
    return conflict(`There is one with this ${column.replaceAll('_', ' ')} already.`);
  }
  if (code !== SQLSTATE.foreignKey) return undefined;
  const column = constraint.slice(table.length + 1).replace(/_ref$/, '');
  return invalid(camelCase(column), 'is not known here');
}

/** Tells nothing of the other source: it may be another customer's. */
export function takenEndpoint(error: unknown): UserError | undefined {
  const { data } = refusal.safeParse(error);
  if (data?.driverError.code !== SQLSTATE.exclusion) return undefined;
  return conflict(
    'Another source receives from one of these senders on this port: narrow senderAddresses or take another listenPort.',
  );
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}
