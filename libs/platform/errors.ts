/** One wrong field of an input: JSON Pointer (RFC 6901) and the reason. */
export interface FieldError {
  pointer: string;
  detail: string;
}

/** The caller's mistake: answered as problem details (RFC 9457), never retried. */
export class UserError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    detail: string,
    readonly errors: FieldError[] = [],
  ) {
    super(detail);
  }
}

/** Something we lean on is away or slow: retried. */
export class OperationalError extends Error {}

/** Absent and forbidden look alike, so that no answer tells what exists elsewhere. */
export function notFound(): UserError {
  return new UserError(404, 'not-found', 'There is no such thing here.');
}

export function invalid(field: string, detail: string): UserError {
  return new UserError(400, 'invalid-input', `${field}: ${detail}`, [{ pointer: `/${field}`, detail }]);
}

export function conflict(detail: string): UserError {
  return new UserError(409, 'conflict', detail);
}
