import { Injectable } from '@nestjs/common';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { EventIndexEntity } from './event-index.entity.js';
import { EventIndexRepository } from './event-index.repository.js';
import { EventStoreRepository } from './event-store.repository.js';
import { indexName, poolPrefix } from './index-name.js';
import { isExpired, isFull, type Generation } from './rollover.js';

/** How long a process may go on writing into a generation that another has closed; such writes are harmless. */
const REMEMBERED = 10_000;

/** Where a tenant's events are written, and for how long they are kept. */
@Injectable()
export class EventIndices {
  private readonly known = new Map<string, { name: string; until: number }>();
  private readonly ready = new Set<string>();

  constructor(
    private readonly rows: EventIndexRepository,
    private readonly store: EventStoreRepository,
    private readonly scopes: TenantScopes,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async writeIndex(scope: TenantScope): Promise<string> {
    return (await this.writeIndices([scope]))[scope.tenantId]!;
  }

  /** The concrete index that takes each tenant's next events; made on first use. */
  async writeIndices(scopes: readonly TenantScope[]): Promise<Record<string, string>> {
    const now = this.clock.now();
    const stale = scopes.filter(({ tenantId }) => !this.isFresh(tenantId, now));
    if (stale.length > 0) {
      const rows = await this.rows.writing(this.scopes.reach(stale.map(({ tenantId }) => tenantId)));
      const names = new Map(rows.map(({ tenantId, name }) => [tenantId, name]));
      for (const scope of stale) {
        const name = names.get(scope.tenantId) ?? (await this.open(scope, 0, now)).name;
        if (!this.ready.has(name)) await this.store.ensure(scope, name);
        this.ready.add(name);
        this.known.set(scope.tenantId, { name, until: now.getTime() + REMEMBERED });
      }
    }
    return Object.fromEntries(scopes.map(({ tenantId }) => [tenantId, this.known.get(tenantId)!.name]));
  }

  private isFresh(tenantId: string, now: Date): boolean {
    const known = this.known.get(tenantId);
    return known !== undefined && known.until > now.getTime();
  }

  /** Measures the tenant's generations, opens the next one when it is time, and drops those past retention. */
  async tend(scope: TenantScope): Promise<void> {
    const now = this.clock.now();
    const { retentionDays } = scope.tenant;
    for (const row of await this.rows.list(scope)) {
      if (row.state === 'writing') await this.tendWriting(scope, row, now);
      else if (isExpired(generation(row), retentionDays, now.getTime())) await this.drop(scope, row);
    }
  }

  private async tendWriting(scope: TenantScope, row: EventIndexEntity, now: Date): Promise<void> {
    await this.store.ensure(scope, row.name);
    const measure = await this.store.measure(scope, row.name);
    const documents = String(measure.documents);
    await this.rows.measured(scope, row.generation, { ...measure, documents, bytes: String(measure.bytes) });
    const full = isFull({ ...generation(row), ...measure }, scope.tenant.retentionDays, now.getTime());
    const moved = row.name !== indexName(scope.tenant, row.generation);
    if (!full && !moved && (await this.newest(scope)) <= row.generation) return;
    const next = await this.open(scope, row.generation, now);
    await this.store.ensure(scope, next.name);
  }

  /** The generation behind `after`; in a pool, where the others are when they are further. */
  private async open(scope: TenantScope, after: number, now: Date): Promise<EventIndexEntity> {
    return this.rows.advance(scope, Math.max(after + 1, await this.newest(scope)), now);
  }

  /** The newest generation of the tenant's pool; 0 when it is in none. */
  private async newest(scope: TenantScope): Promise<number> {
    const prefix = poolPrefix(scope.tenant);
    return prefix === null ? 0 : this.rows.newest(await this.scopes.neighbours(scope), prefix);
  }

  private async drop(scope: TenantScope, row: EventIndexEntity): Promise<void> {
    const neighbours = await this.scopes.neighbours(scope);
    if (!(await this.rows.isShared(neighbours, row))) await this.store.drop(scope, row.name);
    await this.rows.remove(scope, row.generation);
    const detail = {
      documents: Number(row.documents),
      from: row.firstEventAt,
      to: row.lastEventAt,
      retentionDays: scope.tenant.retentionDays,
    };
    await this.audit.record({
      tenantId: scope.tenantId,
      actor: { kind: 'system', id: 'events' },
      action: 'events.expire',
      target: row.name,
      outcome: 'success',
      detail,
    });
  }
}

function generation(row: EventIndexEntity): Generation {
  return {
    createdAt: row.createdAt.getTime(),
    closedAt: row.closedAt?.getTime() ?? null,
    documents: Number(row.documents),
    bytes: Number(row.bytes),
  };
}
