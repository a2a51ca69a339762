import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { DeliveryEntity } from './delivery.entity.js';

export type NewDelivery = Pick<DeliveryEntity, 'id' | 'key' | 'channelId' | 'subject' | 'text' | 'data' | 'createdAt'>;
export type Outcome = Partial<Pick<DeliveryEntity, 'state' | 'attempts' | 'lastError' | 'providerId' | 'sentAt'>>;

@Injectable()
export class DeliveryRepository {
  /** @returns the delivery of that key, the old one when there is one already */
  async insertOnce(scope: TenantScope, delivery: NewDelivery): Promise<DeliveryEntity> {
    const { tenantId } = scope;
    return scope.run(async (rows) => {
      const row = { ...delivery, tenantId, state: 'queued' as const, attempts: 0 };
      await rows.createQueryBuilder().insert().into(DeliveryEntity).values(row).orIgnore().execute();
      return rows.findOneByOrFail(DeliveryEntity, { tenantId, key: delivery.key });
    });
  }

  /** Holds the row until the transaction ends, so that two workers never send the same delivery at once. */
  lock(scope: TenantScope, id: string): Promise<DeliveryEntity | null> {
    const where = { tenantId: scope.tenantId, id };
    return scope.run((rows) => rows.findOne(DeliveryEntity, { where, lock: { mode: 'pessimistic_write' } }));
  }

  async update(scope: TenantScope, id: string, outcome: Outcome): Promise<void> {
    await scope.run((rows) => rows.update(DeliveryEntity, { tenantId: scope.tenantId, id }, outcome));
  }

  /** Newest first; ids sort by time. */
  list(scope: TenantScope, limit: number, before?: string): Promise<DeliveryEntity[]> {
    const where = { tenantId: scope.tenantId, ...(before ? { id: LessThan(before) } : {}) };
    return scope.run((rows) => rows.find(DeliveryEntity, { where, order: { id: 'DESC' }, take: limit }));
  }

  /** Queued before that moment and not sent since: their job may be lost. */
  waiting(reach: TenantReach, before: Date, limit: number): Promise<Pick<DeliveryEntity, 'id' | 'tenantId'>[]> {
    return reach.run((rows) =>
      rows
        .createQueryBuilder(DeliveryEntity, 'd')
        .select(['d.id', 'd.tenantId'])
        .where("d.tenantId = ANY(:tenantIds) AND d.state = 'queued' AND d.createdAt < :before")
        .setParameters({ tenantIds: reach.tenantIds, before })
        .orderBy('d.createdAt', 'ASC')
        .take(limit)
        .getMany(),
    );
  }
}
