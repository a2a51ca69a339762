import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { newId } from './ids.js';
import { OperationalError, UserError, type FieldError } from './errors.js';

/** Problem details (RFC 9457); `instance` is the id under which our own log has the cause. */
interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
}

const TITLES: Record<number, string> = {
  400: 'Bad input',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not possible',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Temporarily unavailable',
};

function problemOf(error: unknown): Problem {
  if (error instanceof UserError) {
    const { status, type, message, errors } = error;
    return problem(status, type, message, errors);
  }
  if (error instanceof HttpException) return problem(error.getStatus(), 'request', error.message);
  if (error instanceof OperationalError) return problem(503, 'unavailable', 'A service we need is away; try again.');
  return problem(500, 'unexpected', 'Something went wrong on our side; it has been logged.');
}

function problem(status: number, type: string, detail: string, errors?: FieldError[]): Problem {
  const title = TITLES[status] ?? 'Error';
  return { type: `urn:plantwatch:problem:${type}`, title, status, detail, ...(errors?.length ? { errors } : {}) };
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const body = { ...problemOf(error), instance: `urn:uuid:${newId()}` };
    if (body.status >= 500)
      this.log.error({ instance: body.instance, method: request.method, path: request.path, error: describe(error) });
    if (response.headersSent) {
      response.end();
      return;
    }
    response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
