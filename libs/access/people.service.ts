import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { conflict } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { NewPerson } from './access.schema.js';
import type { Caller } from './caller.js';
import { IdentityService } from './identity.service.js';
import type { PersonEntity } from './person.entity.js';
import { PersonRepository } from './person.repository.js';

@Injectable()
export class PeopleService {
  constructor(
    private readonly people: PersonRepository,
    private readonly identity: IdentityService,
    private readonly scopes: TenantScopes,
    private readonly clock: Clock,
  ) {}

  /** Customers see their own people; staff see the staff and the people of their tenants. */
  list(caller: Caller): Promise<PersonEntity[]> {
    return this.people.list(caller.tenantIds, caller.tenantId === null);
  }

  /** @throws UserError 404 for an unknown tenant, 409 for a known e-mail address. */
  async add(input: NewPerson): Promise<PersonEntity> {
    const { password, tenantIds, ...fields } = input;
    for (const id of [...tenantIds, ...(input.tenantId ? [input.tenantId] : [])]) await this.scopes.open(id);
    if (await this.people.byEmail(input.email)) throw conflict('email: somebody has it already.');
    const person: PersonEntity = {
      ...fields,
      id: newId(),
      email: input.email.toLowerCase(),
      passwordHash: password ? await this.identity.hashPassword(password) : null,
      failedAttempts: 0,
      lockedUntil: null,
      disabledAt: null,
      createdAt: this.clock.now(),
    };
    await this.people.insert(person, input.tenantId ? [] : tenantIds);
    return person;
  }

  /** From now on this member of staff works for that tenant too. */
  async assign(personId: string, tenantId: string): Promise<void> {
    await this.people.assign(personId, tenantId);
  }

  /** A person of the caller's own view, or null. */
  async visible(caller: Caller, personId: string): Promise<PersonEntity | null> {
    return (await this.list(caller)).find((person) => person.id === personId) ?? null;
  }
}
