/** Problem details (RFC 9457), as every refusal of the server is; status 0: the server was not reached. */
export interface Problem {
  status: number;
  title: string;
  detail: string;
  errors: { pointer: string; detail: string }[];
  /** Under which the server's own log has the cause. */
  instance: string | null;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

const AWAY: Problem = {
  status: 0,
  title: 'No connection',
  detail: 'Plantwatch did not answer. Your work here is kept; try again.',
  errors: [],
  instance: null,
};

/** The problem in whatever was thrown. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : AWAY;
}

/** The problem in an answer's body, which may be anything. */
export function readProblem(status: number, body: unknown): Problem {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  return {
    status,
    title: textOr(fields['title'], 'Error'),
    detail: textOr(fields['detail'], `The server answered ${status} without saying why.`),
    errors: Array.isArray(fields['errors']) ? fields['errors'].filter(isFieldError) : [],
    instance: typeof fields['instance'] === 'string' ? fields['instance'] : null,
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function isFieldError(value: unknown): value is Problem['errors'][number] {
  if (typeof value !== 'object' || value === null || !('pointer' in value) || !('detail' in value)) return false;
  return typeof value.pointer === 'string' && typeof value.detail === 'string';
}
