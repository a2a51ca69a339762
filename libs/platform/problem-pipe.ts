import { StandardSchemaValidationPipe } from '@nestjs/common';
import { UserError } from './errors.js';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

function pointer(issue: Issue): string {
  return (issue.path ?? []).map((part) => `/${String(typeof part === 'object' ? part.key : part)}`).join('');
}

/** Every input goes through its zod schema; what is wrong is named field by field. */
export const problemPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues: readonly Issue[]) => {
    const errors = issues.map((issue) => ({ pointer: pointer(issue), detail: issue.message }));
    const detail = errors.map((error) => `${error.pointer.slice(1) || 'input'}: ${error.detail}`).join('; ');
    return new UserError(400, 'invalid-input', detail, errors);
  },
});
