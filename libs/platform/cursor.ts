import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { invalid } from './errors.js';

/** Pages of a list: at most 200 items, 50 unless told; `cursor` is the `next` of the page before. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** Signed, so that a cursor can be neither guessed nor moved to another list or caller; `about` binds it to them. */
export function sealCursor(secret: string, about: string, position: unknown): string {
  const body = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${body}.${sign(secret, about, body)}`;
}

/** @throws UserError 400 when the cursor is broken, forged or of another list. */
export function openCursor<T>(secret: string, about: string, cursor: string, schema: z.ZodType<T>): T {
  const [body = '', signature = ''] = cursor.split('.');
  const expected = Buffer.from(sign(secret, about, body));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw brokenCursor();
  const position = schema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!position.success) throw brokenCursor();
  return position.data;
}

function brokenCursor(): Error {
  return invalid('cursor', 'is not a cursor of this list; start again without it');
}

function sign(secret: string, about: string, body: string): string {
  return createHmac('sha256', secret).update(`${about}\n${body}`).digest('base64url');
}
