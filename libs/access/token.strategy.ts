import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import type { Caller } from './caller.js';
import { IdentityService } from './identity.service.js';
import { bearerOf } from './secret-token.js';

/** A program: `Authorization: Bearer`. */
@Injectable()
export class TokenStrategy extends PassportStrategy(Strategy, 'api-token') {
  constructor(private readonly identity: IdentityService) {
    super();
  }

  async validate(request: Request): Promise<Caller | null> {
    const token = bearerOf(request.headers.authorization);
    return token ? this.identity.byToken(token, 'token') : null;
  }
}
