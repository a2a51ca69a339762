import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { catchError, from, mergeMap, throwError, type Observable } from 'rxjs';
import { NEED, type Need } from '#platform/needs.js';
import type { ScopedRequest } from '#tenancy/scope.decorator.js';
import { AuditService, type AuditEntry } from './audit.service.js';

interface Identified {
  caller?: { personId: string; name: string };
}

/** Records every call of a guarded route before its answer leaves; an act that cannot be recorded fails. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly audit: AuditService,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const need = this.reflector.get<Need | undefined>(NEED, context.getHandler());
    if (!need || context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request & ScopedRequest & Identified>();
    // A stream has no end to wait for: its opening is what is recorded.
    if (this.reflector.get<boolean | undefined>('__sse__', context.getHandler())) {
      return from(this.audit.record(entryOf(request, need, 'success'))).pipe(mergeMap(() => next.handle()));
    }
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.audit.record(entryOf(request, need, 'success', answer));
        return answer;
      }),
      catchError((error: unknown) =>
        from(this.audit.record(entryOf(request, need, 'failure'))).pipe(mergeMap(() => throwError(() => error))),
      ),
    );
  }
}

function entryOf(
  request: Request & ScopedRequest & Identified,
  need: Need,
  outcome: AuditEntry['outcome'],
  answer?: unknown,
): AuditEntry {
  const { scope, reach, caller } = request;
  const target = request.params['id'] ?? createdId(answer);
  return {
    tenantId: scope?.tenantId ?? null,
    tenantIds: reach?.tenantIds ?? [],
    actor: caller ? { kind: 'person', id: caller.personId, name: caller.name } : { kind: 'anonymous' },
    action: need.permission,
    ...(typeof target === 'string' ? { target } : {}),
    outcome,
    ...(request.ip ? { address: request.ip } : {}),
    detail: { method: request.method, path: request.path, query: request.query },
  };
}

function createdId(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined;
}
