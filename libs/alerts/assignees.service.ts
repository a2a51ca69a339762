import { Injectable } from '@nestjs/common';
import type { Caller } from '#access/caller.js';
import { IdentityService } from '#access/identity.service.js';
import { PeopleService } from '#access/people.service.js';
import { allows } from '#access/permissions.js';
import { invalid } from '#platform/errors.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { Person } from './decisions.js';

/** Who can have an alert. */
@Injectable()
export class Assignees {
  constructor(
    private readonly people: PeopleService,
    private readonly identity: IdentityService,
  ) {}

  /** @throws UserError 400 when that person is unknown to the caller or does no triage for this customer */
  async find(scope: TenantScope, caller: Caller, personId: string): Promise<Person> {
    const person = await this.people.visible(caller, personId);
    if (person && !person.disabledAt && allows(person.role, 'alerts.triage')) {
      const { tenantIds, name } = await this.identity.callerOf(person, 'session');
      if (tenantIds.includes(scope.tenantId)) return { id: personId, name };
    }
    throw invalid('person', "is nobody who works on this customer's alerts");
  }
}
