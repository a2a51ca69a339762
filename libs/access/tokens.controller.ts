import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { issuedToken, tokenBody, tokenList } from './access.schema.js';
import type { Caller } from './caller.js';
import { CallerIs } from './caller.decorator.js';
import { IdentityService } from './identity.service.js';

const DAY = 24 * 60 * 60_000;

/** A person's own tokens for programs and portals; each has its owner's rights. */
@Controller('api/v1/tokens')
export class TokensController {
  constructor(private readonly identity: IdentityService) {}

  @Get()
  @Needs('tokens.write', 'none')
  @ApiResponse({ status: 200, standardSchema: tokenList })
  async list(@CallerIs() caller: Caller): Promise<z.input<typeof tokenList>> {
    const tokens = await this.identity.tokensOf(caller.personId);
    const items = tokens.map(({ id, name, createdAt, lastUsedAt, expiresAt }) => ({
      id,
      name,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }));
    return { items, next: null };
  }

  @Post()
  @Needs('tokens.write', 'none')
  @ApiResponse({ status: 201, standardSchema: issuedToken })
  async create(
    @CallerIs() caller: Caller,
    @Body({ schema: tokenBody }) body: z.output<typeof tokenBody>,
  ): Promise<z.input<typeof issuedToken>> {
    const issued = await this.identity.issue(caller.personId, 'token', body.name, body.expiresInDays * DAY);
    return { ...issued, expiresAt: issued.expiresAt.toISOString() };
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('tokens.write', 'none')
  revoke(@CallerIs() caller: Caller, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    return this.identity.revoke(caller.personId, id);
  }
}
