import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { UserError } from '#platform/errors.js';
import type { Caller } from './caller.js';

export interface CalledRequest {
  caller?: Caller;
}

export const CallerIs = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (!caller) throw new UserError(401, 'not-signed-in', 'Sign in first.');
  return caller;
});
