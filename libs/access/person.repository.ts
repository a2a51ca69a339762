import { Injectable } from '@nestjs/common';
import { ProviderDatabase, type Rows } from '#platform/database.js';
import { AssignmentEntity } from './assignment.entity.js';
import { CredentialEntity } from './credential.entity.js';
import { PersonEntity } from './person.entity.js';

/** Sign-in happens before any tenant is known, so people are read through the provider's login. */
@Injectable()
export class PersonRepository {
  constructor(private readonly provider: ProviderDatabase) {}

  private get rows(): Rows {
    return this.provider.login.source.manager;
  }

  byEmail(email: string): Promise<PersonEntity | null> {
    return this.rows.findOneBy(PersonEntity, { email: email.toLowerCase() });
  }

  byId(id: string): Promise<PersonEntity | null> {
    return this.rows.findOneBy(PersonEntity, { id });
  }

  /** People of these tenants, and the staff when the asker is staff. */
  list(tenantIds: readonly string[], withStaff: boolean): Promise<PersonEntity[]> {
    const query = this.rows.createQueryBuilder(PersonEntity, 'p').where('p.tenantId = ANY(:tenantIds)', { tenantIds });
    if (withStaff) query.orWhere('p.tenantId IS NULL');
    return query.orderBy('p.email', 'ASC').getMany();
  }

  async insert(person: PersonEntity, tenantIds: readonly string[]): Promise<void> {
    await this.rows.transaction(async (rows) => {
      await rows.insert(PersonEntity, person);
      await rows.insert(
        AssignmentEntity,
        tenantIds.map((tenantId) => ({ personId: person.id, tenantId })),
      );
    });
  }

  async assign(personId: string, tenantId: string): Promise<void> {
    await this.rows.upsert(AssignmentEntity, { personId, tenantId }, ['personId', 'tenantId']);
  }

  async assignedTenants(personId: string): Promise<string[]> {
    return (await this.rows.findBy(AssignmentEntity, { personId })).map((row) => row.tenantId);
  }

  /** Counts in the database, so that parallel guesses cannot slip under the limit. */
  async countFailure(id: string, limit: number, lockedUntil: Date): Promise<void> {
    await this.rows.query(
      `UPDATE people SET failed_attempts = failed_attempts + 1,
         locked_until = CASE WHEN failed_attempts + 1 >= $2 THEN $3 ELSE locked_until END WHERE id = $1`,
      [id, limit, lockedUntil],
    );
  }

  async clearFailures(id: string): Promise<void> {
    await this.rows.update(PersonEntity, { id }, { failedAttempts: 0, lockedUntil: null });
  }

  async insertCredential(credential: CredentialEntity): Promise<void> {
    await this.rows.insert(CredentialEntity, credential);
  }

  credential(hash: string): Promise<CredentialEntity | null> {
    return this.rows.findOneBy(CredentialEntity, { hash });
  }

  credentialsOf(personId: string): Promise<CredentialEntity[]> {
    return this.rows.find(CredentialEntity, { where: { personId, kind: 'token' }, order: { createdAt: 'DESC' } });
  }

  async touchCredential(hash: string, at: Date): Promise<void> {
    await this.rows.update(CredentialEntity, { hash }, { lastUsedAt: at });
  }

  async deleteCredential(where: { hash: string } | { id: string; personId: string }): Promise<boolean> {
    const result = await this.rows.delete(CredentialEntity, where);
    return (result.affected ?? 0) > 0;
  }
}
