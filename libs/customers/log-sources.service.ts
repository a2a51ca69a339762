import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { formatToken, tokenHash } from '#access/secret-token.js';
import { conflict, notFound } from '#platform/errors.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { LogSourceEntity } from './log-source.entity.js';
import { LogSourceRepository } from './log-source.repository.js';
import type { LogSourceChange, NewLogSource } from './log-source.schema.js';
import { KnownParsers } from './known-parsers.service.js';
import { Plant } from './plant.service.js';
import type { Register } from './register.repository.js';
import { Registers } from './registers.service.js';
import { carriesToken, endpointsOf, type SourceKind } from './source-endpoint.js';

/** What the collector needs to know of a source. */
export interface LogSourceContext {
  id: string;
  tenantId: string;
  name: string;
  kind: SourceKind;
  listenPort: number | null;
  /** CIDR; none means any sender. */
  senderAddresses: string[];
  /** Of a client whose certificate tells the source: its SHA-256 fingerprint or a DNS name, in lower case. */
  clientCertificate: string | null;
  timeZone: string;
  parser: string | null;
  assetId: string | null;
  siteId: string;
}

/** With the hash that its token is told by. */
export type TokenedSource = LogSourceContext & { tokenHash: string | null };
export type IssuedLogSource = LogSourceEntity & { token: string | null };

@Injectable()
export class LogSources {
  readonly register: Register<LogSourceEntity>;

  constructor(
    registers: Registers,
    private readonly sources: LogSourceRepository,
    private readonly plant: Plant,
    private readonly scopes: TenantScopes,
    private readonly parsers: KnownParsers,
  ) {
    this.register = registers.of(LogSourceEntity, 'log-sources');
  }

  all(reach: TenantReach): Promise<TokenedSource[]> {
    return this.sources.all(reach);
  }

  /** Other than before when any of them has changed. */
  version(reach: TenantReach): Promise<string> {
    return this.sources.version(reach);
  }

  /** A tenant's sources that were there before a time. */
  async of(scope: TenantScope, before: Date): Promise<LogSourceContext[]> {
    return (await this.sources.of(scope)).filter((source) => source.createdAt < before);
  }

  async byToken(token: string): Promise<LogSourceContext | null> {
    return this.sources.byTokenHash(await this.scopes.all(), tokenHash(token));
  }

  async create(scope: TenantScope, { tenant: _, ...input }: NewLogSource): Promise<IssuedLogSource> {
    this.parsers.insistOn(input.parser);
    const endpoints = endpointsOf(input);
    return scope.transaction(async (inner) => {
      const timeZone = input.timeZone ?? (await this.siteZone(inner, input.siteId));
      const source = await this.register.create(inner, { ...input, timeZone, tokenHash: null });
      if (endpoints.length) await this.sources.claim(inner, source.id, endpoints);
      return { ...source, token: carriesToken(input.kind) ? await this.issueToken(inner, source.id) : null };
    });
  }

  async change(scope: TenantScope, id: string, change: LogSourceChange): Promise<LogSourceEntity> {
    this.parsers.insistOn(change.parser);
    return scope.transaction(async (inner) => {
      const source = await this.register.change(inner, id, change);
      const endpoints = endpointsOf(source);
      await this.sources.claim(inner, id, endpoints);
      return source;
    });
  }

  /** A new token; the one before ends at once. @throws UserError 409 for syslog, which has none */
  async renewToken(scope: TenantScope, id: string): Promise<IssuedLogSource> {
    const source = await this.register.get(scope, id);
    if (!carriesToken(source.kind))
      throw conflict('Syslog carries no token: its sources are told by port, sender address or certificate.');
    return { ...source, token: await this.issueToken(scope, id) };
  }

  async remove(scope: TenantScope, id: string): Promise<void> {
    if (!(await this.sources.delete(scope, id))) throw notFound();
  }

  private async issueToken(scope: TenantScope, id: string): Promise<string> {
    const token = formatToken(`pws_${id}`, randomBytes(32));
    await this.register.change(scope, id, { tokenHash: tokenHash(token) });
    return token;
  }

  // A site that is not known is left to the foreign key, which names the field.
  private async siteZone(scope: TenantScope, siteId: string): Promise<string> {
    const site = await this.plant.sites.get(scope, siteId).catch(() => undefined);
    return site?.timeZone ?? scope.tenant.timeZone;
  }
}
