import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { Needs } from '#platform/needs.js';
import { person, personBody, personList } from './access.schema.js';
import type { Caller } from './caller.js';
import { CallerIs } from './caller.decorator.js';
import { PeopleService } from './people.service.js';
import { describePerson } from './person-view.js';

@Controller('api/v1/people')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  @Needs('people.read', 'reach')
  @ApiResponse({ status: 200, standardSchema: personList })
  async list(@CallerIs() caller: Caller): Promise<z.input<typeof personList>> {
    return { items: (await this.people.list(caller)).map(describePerson), next: null };
  }

  @Post()
  @Needs('people.write', 'none')
  @ApiResponse({ status: 201, standardSchema: person })
  async add(@Body({ schema: personBody }) body: z.output<typeof personBody>): Promise<z.input<typeof person>> {
    return describePerson(await this.people.add(body));
  }
}
