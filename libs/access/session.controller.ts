import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Needs, Public } from '#platform/needs.js';
import { me, signInBody } from './access.schema.js';
import type { Caller } from './caller.js';
import { CallerIs } from './caller.decorator.js';
import { PasswordGuard } from './password.guard.js';
import { SessionService } from './session.service.js';

@Controller('api/v1/session')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post()
  @Public('signing in is how one gets an identity')
  @UseGuards(PasswordGuard)
  @ApiResponse({ status: 201, standardSchema: me })
  signIn(
    @CallerIs() caller: Caller,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: signInBody }) _body: z.output<typeof signInBody>,
  ): Promise<z.input<typeof me>> {
    return this.sessions.open(caller, (name, token, options) => response.cookie(name, token, options));
  }

  @Get()
  @Needs('session.own', 'none')
  @ApiResponse({ status: 200, standardSchema: me })
  read(@CallerIs() caller: Caller): z.input<typeof me> {
    return this.sessions.describe(caller);
  }

  @Delete()
  @HttpCode(204)
  @Needs('session.own', 'none')
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.close(request.headers.cookie, (name) => response.clearCookie(name));
  }
}
