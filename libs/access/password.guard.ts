import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { AuditService, type AuditEntry } from '#audit/audit.service.js';
import { UserError } from '#platform/errors.js';
import type { CalledRequest } from './caller.decorator.js';

/** Signs a person in by password and records it, successful or not (IEC 62443-4-2 CR 2.8). */
@Injectable()
export class PasswordGuard extends AuthGuard('password') {
  constructor(private readonly audit: AuditService) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & CalledRequest>();
    const signIn = { action: 'session.create', ...(request.ip ? { address: request.ip } : {}) };
    try {
      await super.canActivate(context);
    } catch (error) {
      const email: unknown = (request.body as Record<string, unknown> | undefined)?.['email'];
      const actor: AuditEntry['actor'] = {
        kind: 'anonymous',
        ...(typeof email === 'string' ? { name: email.slice(0, 200) } : {}),
      };
      await this.audit.record({ ...signIn, tenantId: null, actor, outcome: 'failure' });
      throw error;
    }
    const caller = request.caller;
    if (!caller) throw new Error('The password strategy named nobody.');
    await this.audit.record({
      ...signIn,
      tenantId: caller.tenantId,
      actor: { kind: 'person', id: caller.personId, name: caller.name },
      outcome: 'success',
    });
    return true;
  }

  override getAuthenticateOptions(): object {
    return { session: false, property: 'caller' };
  }

  override handleRequest<T>(error: unknown, caller: T): T {
    if (error) throw error;
    if (!caller) throw new UserError(400, 'invalid-input', 'email and password: both are required.');
    return caller;
  }
}
