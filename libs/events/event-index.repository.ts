import { Injectable } from '@nestjs/common';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { EventIndexEntity } from './event-index.entity.js';
import { indexName } from './index-name.js';

type Measured = Pick<EventIndexEntity, 'documents' | 'bytes' | 'firstEventAt' | 'lastEventAt'>;

/** Which generations a tenant has, and which of them is written. */
@Injectable()
export class EventIndexRepository {
  list(scope: TenantScope): Promise<EventIndexEntity[]> {
    return scope.run((rows) =>
      rows.find(EventIndexEntity, { where: { tenantId: scope.tenantId }, order: { generation: 'ASC' } }),
    );
  }

  writing(scope: TenantScope): Promise<EventIndexEntity | null> {
    return scope.run((rows) => rows.findOneBy(EventIndexEntity, { tenantId: scope.tenantId, state: 'writing' }));
  }

  /**
   * Closes the generation `after` and opens the next; 0 opens the first.
   * @returns the generation that is written now, ours or of whoever was faster
   */
  async advance(scope: TenantScope, after: number, now: Date): Promise<EventIndexEntity> {
    return scope.run(async (rows) => {
      await rows.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`event_indices ${scope.tenantId}`]);
      const writing = await rows.findOneBy(EventIndexEntity, { tenantId: scope.tenantId, state: 'writing' });
      if (writing && writing.generation !== after) return writing;
      const generation = after + 1;
      await rows.update(
        EventIndexEntity,
        { tenantId: scope.tenantId, generation: after },
        { state: 'closed', closedAt: now },
      );
      const next: EventIndexEntity = {
        tenantId: scope.tenantId,
        generation,
        name: indexName(scope.tenant.key, generation),
        state: 'writing',
        createdAt: now,
        closedAt: null,
        firstEventAt: null,
        lastEventAt: null,
        documents: '0',
        bytes: '0',
      };
      await rows.insert(EventIndexEntity, next);
      return next;
    });
  }

  async measured(scope: TenantScope, generation: number, measured: Measured): Promise<void> {
    await scope.run((rows) => rows.update(EventIndexEntity, { tenantId: scope.tenantId, generation }, measured));
  }

  async remove(scope: TenantScope, generation: number): Promise<void> {
    await scope.run((rows) => rows.delete(EventIndexEntity, { tenantId: scope.tenantId, generation, state: 'closed' }));
  }
}
