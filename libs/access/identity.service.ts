import { randomBytes } from 'node:crypto';
import { hash as argon2, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { notFound, UserError } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import type { Caller } from './caller.js';
import type { CredentialEntity } from './credential.entity.js';
import type { PersonEntity } from './person.entity.js';
import { PersonRepository } from './person.repository.js';
import { formatToken, tokenHash } from './secret-token.js';
import { hasEnded, isLocked, LIMITS } from './sign-in.js';

export interface IssuedToken {
  id: string;
  /** Shown once; only its hash is kept. */
  token: string;
  expiresAt: Date;
}

/** Proves who is calling: password, session, token. */
@Injectable()
export class IdentityService {
  private decoy: Promise<string> | undefined;

  constructor(
    private readonly people: PersonRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws UserError 401, the same for an unknown e-mail address and a wrong password; 429 when locked. */
  async byPassword(email: string, password: string): Promise<PersonEntity> {
    const person = await this.people.byEmail(email);
    const now = this.clock.now();
    if (person && isLocked(person, now))
      throw new UserError(429, 'locked', 'Too many failed attempts; wait a quarter of an hour.');
    const right = await verify(person?.passwordHash ?? (await this.decoyHash()), password);
    if (person && right && person.passwordHash && !person.disabledAt) {
      if (person.failedAttempts > 0) await this.people.clearFailures(person.id);
      return person;
    }
    if (person)
      await this.people.countFailure(person.id, LIMITS.failedAttempts, new Date(now.getTime() + LIMITS.lockMs));
    throw new UserError(401, 'sign-in-failed', 'The e-mail address or the password is wrong.');
  }

  async issue(personId: string, kind: CredentialEntity['kind'], name: string, lifetime?: number): Promise<IssuedToken> {
    const token = formatToken(kind === 'session' ? 'pwn' : 'pwt', randomBytes(32));
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + (lifetime ?? LIMITS.lifetimeMs[kind]));
    const id = newId();
    await this.people.insertCredential({
      hash: tokenHash(token),
      id,
      personId,
      kind,
      name,
      createdAt: now,
      lastUsedAt: now,
      expiresAt,
    });
    return { id, token, expiresAt };
  }

  /** @returns null when the token is unknown, ended, of another kind, or its person is disabled. */
  async byToken(token: string, kind: CredentialEntity['kind']): Promise<Caller | null> {
    const credential = await this.people.credential(tokenHash(token));
    const now = this.clock.now();
    if (!credential || credential.kind !== kind || hasEnded(credential, now)) return null;
    const person = await this.people.byId(credential.personId);
    if (!person || person.disabledAt) return null;
    if (now.getTime() - credential.lastUsedAt.getTime() > LIMITS.touchMs)
      await this.people.touchCredential(credential.hash, now);
    return this.callerOf(person, kind);
  }

  async callerOf(person: PersonEntity, authenticator: Caller['authenticator']): Promise<Caller> {
    const { id: personId, name, email, role, tenantId } = person;
    const tenantIds = tenantId ? [tenantId] : await this.people.assignedTenants(personId);
    return { personId, name, email, role, tenantId, tenantIds, authenticator };
  }

  async end(token: string): Promise<void> {
    await this.people.deleteCredential({ hash: tokenHash(token) });
  }

  /** @throws UserError 404 when the caller has no such token. */
  async revoke(personId: string, id: string): Promise<void> {
    if (!(await this.people.deleteCredential({ id, personId }))) throw notFound();
  }

  tokensOf(personId: string): Promise<CredentialEntity[]> {
    return this.people.credentialsOf(personId);
  }

  hashPassword(password: string): Promise<string> {
    return argon2(password, LIMITS.argon2);
  }

  // An unknown address must take as long as a wrong password.
  private decoyHash(): Promise<string> {
    this.decoy ??= this.hashPassword(randomBytes(16).toString('hex'));
    return this.decoy;
  }
}
