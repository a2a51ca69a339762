import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import type { Caller } from './caller.js';
import { IdentityService } from './identity.service.js';
import { cookieOf, SESSION_COOKIE } from './secret-token.js';

/** A person in a browser. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session-cookie') {
  constructor(private readonly identity: IdentityService) {
    super();
  }

  async validate(request: Request): Promise<Caller | null> {
    const token = cookieOf(request.headers.cookie, SESSION_COOKIE);
    return token ? this.identity.byToken(token, 'session') : null;
  }
}
