import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Config } from '#platform/config.js';
import type { me } from './access.schema.js';
import type { Caller } from './caller.js';
import { IdentityService } from './identity.service.js';
import { permissionsOf } from './permissions.js';
import { cookieOf, SESSION_COOKIE } from './secret-token.js';

export type Me = z.input<typeof me>;

export interface SessionCookie {
  httpOnly: true;
  sameSite: 'strict';
  secure: boolean;
  path: '/';
  expires: Date;
}

@Injectable()
export class SessionService {
  constructor(
    private readonly identity: IdentityService,
    private readonly config: Config,
  ) {}

  async open(caller: Caller, setCookie: (name: string, token: string, options: SessionCookie) => unknown): Promise<Me> {
    const { token, expiresAt } = await this.identity.issue(caller.personId, 'session', 'browser');
    const secure = this.config.publicUrl.startsWith('https:');
    setCookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'strict', secure, path: '/', expires: expiresAt });
    return this.describe(caller);
  }

  describe(caller: Caller): Me {
    const { personId: id, name, email, role, tenantId, tenantIds } = caller;
    return { id, name, email, role, tenantId, tenantIds, permissions: [...permissionsOf(role)] };
  }

  async close(cookies: string | undefined, clearCookie: (name: string) => unknown): Promise<void> {
    const token = cookieOf(cookies, SESSION_COOKIE);
    if (token) await this.identity.end(token);
    clearCookie(SESSION_COOKIE);
  }
}
