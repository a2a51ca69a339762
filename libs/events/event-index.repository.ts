import { Injectable } from '@nestjs/common';
import { In, Like } from 'typeorm';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { EventIndexEntity } from './event-index.entity.js';
import { indexName } from './index-name.js';

type Measured = Pick<EventIndexEntity, 'documents' | 'bytes' | 'firstEventAt' | 'lastEventAt'>;

/** Which generations a tenant has, and which of them is written. Members of a pool have generations of one name. */
@Injectable()
export class EventIndexRepository {
  list(scope: TenantScope): Promise<EventIndexEntity[]> {
    return scope.run((rows) =>
      rows.find(EventIndexEntity, { where: { tenantId: scope.tenantId }, order: { generation: 'ASC' } }),
    );
  }

  /** Of each of the tenants that has one. */
  writing(reach: TenantReach): Promise<EventIndexEntity[]> {
    return reach.run((rows) => rows.findBy(EventIndexEntity, { tenantId: In([...reach.tenantIds]), state: 'writing' }));
  }

  /** The newest generation of a pool, of whichever of its members; 0 when there is none. */
  async newest(reach: TenantReach, prefix: string): Promise<number> {
    const newest = await reach.run((rows) =>
      rows.findOne(EventIndexEntity, {
        where: { tenantId: In([...reach.tenantIds]), name: Like(`${prefix}%`) },
        order: { generation: 'DESC' },
      }),
    );
    return newest?.generation ?? 0;
  }

  /** Does any of them but the row's own tenant have events there? */
  isShared(reach: TenantReach, { name, tenantId }: EventIndexEntity): Promise<boolean> {
    const others = reach.tenantIds.filter((id) => id !== tenantId);
    return reach.run((rows) => rows.existsBy(EventIndexEntity, { name, tenantId: In(others) }));
  }

  /**
   * Closes the generation that is written and opens `generation`.
   * @returns the generation that is written now, ours or of whoever was faster
   */
  async advance(scope: TenantScope, generation: number, now: Date): Promise<EventIndexEntity> {
    return scope.run(async (rows) => {
      await rows.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`event_indices ${scope.tenantId}`]);
      const mine = { tenantId: scope.tenantId, state: 'writing' } as const;
      const writing = await rows.findOneBy(EventIndexEntity, mine);
      if (writing && writing.generation >= generation) return writing;
      await rows.update(EventIndexEntity, mine, { state: 'closed', closedAt: now });
      const next: EventIndexEntity = {
        ...mine,
        generation,
        name: indexName(scope.tenant, generation),
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
