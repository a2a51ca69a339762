import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller } from '#access/caller.js';
import { UserError, invalid } from '#platform/errors.js';

/** Who changes which alert, and the revision that they had seen of it. */
export interface Act {
  caller: Caller;
  id: string;
  /** Undefined: the change is made on whatever is there. */
  revision: number | undefined;
}

type ActRequest = Request<{ id: string }, unknown, { revision?: number } | undefined> & { caller?: Caller };

/** The act of this request; the revision is the body's, or the header If-Match (RFC 9110, 13.1.1) as `"7"`. */
export const ActOf = createParamDecorator((_data: unknown, context: ExecutionContext): Act => {
  const { caller, params, body, headers } = context.switchToHttp().getRequest<ActRequest>();
  if (!caller) throw new UserError(401, 'not-signed-in', 'Sign in first.');
  return { caller, id: params.id, revision: revisionOf(headers['if-match']) ?? body?.revision };
});

function revisionOf(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const [, digits] = /^(?:W\/)?"(\d{1,9})"$/.exec(header) ?? [];
  if (digits === undefined) throw invalid('If-Match', 'must be a revision in quotes, as "7"');
  return Number(digits);
}
