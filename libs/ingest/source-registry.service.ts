import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { tokenHash } from '#access/secret-token.js';
import { LogSources, type LogSourceContext, type TokenedSource } from '#customers/log-sources.service.js';
import type { SourceKind } from '#customers/source-endpoint.js';
import type { Quota } from '#tenancy/tenant-scope.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { sourceOf } from './source-match.js';

export type SyslogKind = Exclude<SourceKind, 'ndjson' | 'bulk'>;

/** How old what we know of the sources may be, in milliseconds. */
const FRESH_MS = 1000;
const TOKENS_KEPT = 10_000;
const SENDERS_KEPT = 10_000;

/** Who may send, as far as this collector knows: a second behind the database at most. */
@Injectable()
export class SourceRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('ingest');
  private version = '';
  private byId = new Map<string, LogSourceContext>();
  private byTokenHash = new Map<string, LogSourceContext>();
  /** By the name of the certificate that tells it. */
  private byName = new Map<string, LogSourceContext>();
  private quotas = new Map<string, Quota>();
  /** Those that came since the last look, and what is no token at all. */
  private readonly tokens = new Map<string, { source: LogSourceContext | null; until: number }>();
  /** Answers that were given since the last look. */
  private readonly senders = new Map<string, LogSourceContext | null>();
  private readonly watchers: ((sources: readonly LogSourceContext[]) => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sources: LogSources,
    private readonly scopes: TenantScopes,
    private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.has('collector') && !this.config.has('api')) return;
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), FRESH_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Called now and after each look at the sources. */
  watch(watcher: (sources: readonly LogSourceContext[]) => void): void {
    this.watchers.push(watcher);
    watcher([...this.byId.values()]);
  }

  get(id: string): LogSourceContext | undefined {
    return this.byId.get(id);
  }

  bySender(kind: SyslogKind, port: number, address: string): LogSourceContext | undefined {
    const key = `${kind} ${port} ${address}`;
    const known = this.senders.get(key);
    if (known !== undefined) return known ?? undefined;
    const ofKind = [...this.byId.values()].filter(
      (source) => source.kind === kind && source.clientCertificate === null,
    );
    const source =
      sourceOf(
        ofKind.filter(({ listenPort }) => listenPort === port),
        address,
      ) ??
      sourceOf(
        ofKind.filter(({ listenPort }) => listenPort === null),
        address,
      );
    if (this.senders.size >= SENDERS_KEPT) this.senders.clear();
    this.senders.set(key, source ?? null);
    return source;
  }

  /** Undefined for a customer that is not known yet. */
  quotaOf(tenantId: string): Quota | undefined {
    return this.quotas.get(tenantId);
  }

  /** @param names of a client's certificate, in lower case */
  byCertificate(port: number, names: readonly string[]): LogSourceContext | undefined {
    for (const name of names) {
      const source = this.byName.get(name);
      if (source && (source.listenPort === null || source.listenPort === port)) return source;
    }
    return undefined;
  }

  async byToken(token: string): Promise<LogSourceContext | null> {
    const told = this.byTokenHash.get(tokenHash(token));
    if (told) return told;
    const known = this.tokens.get(token);
    if (known && known.until > performance.now()) return known.source;
    const source = await this.sources.byToken(token);
    if (this.tokens.size >= TOKENS_KEPT) this.tokens.clear();
    this.tokens.set(token, { source, until: performance.now() + FRESH_MS });
    return source;
  }

  private async refresh(): Promise<void> {
    try {
      const tenants = await this.scopes.list();
      this.quotas = new Map(tenants.map((tenant) => [tenant.id, tenant]));
      const reach = this.scopes.reach(tenants.map(({ id }) => id));
      const version = await this.sources.version(reach);
      if (version !== this.version) this.take(await this.sources.all(reach));
      this.version = version;
      for (const watcher of this.watchers) watcher([...this.byId.values()]);
    } catch (error) {
      // Those that we know go on sending while the database is away.
      this.log.warn(`The log sources could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private take(sources: readonly TokenedSource[]): void {
    this.byId = new Map(sources.map((source) => [source.id, source]));
    this.byTokenHash = by(sources, ({ tokenHash: hash }) => hash);
    this.byName = by(sources, ({ clientCertificate }) => clientCertificate);
    this.senders.clear();
    this.tokens.clear();
  }
}

function by(
  sources: readonly TokenedSource[],
  key: (source: TokenedSource) => string | null,
): Map<string, TokenedSource> {
  const named = new Map<string, TokenedSource>();
  for (const source of sources) {
    const name = key(source);
    if (name !== null) named.set(name, source);
  }
  return named;
}
