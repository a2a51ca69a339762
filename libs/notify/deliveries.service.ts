import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { openCursor, sealCursor } from '#platform/cursor.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { DeliveryEntity } from './delivery.entity.js';
import { DeliveryRepository } from './delivery.repository.js';
import { deliveryPosition, type DeliveryPage, type DeliveryQuery, type DeliveryView } from './delivery.schema.js';

/** What was said, and whether it arrived. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly config: Config,
  ) {}

  async list(scope: TenantScope, { limit, cursor }: DeliveryQuery): Promise<DeliveryPage> {
    const secret = this.config.values.PLANTWATCH_SECRET;
    const about = `deliveries ${scope.tenantId}`;
    const before = cursor === undefined ? undefined : openCursor(secret, about, cursor, deliveryPosition);
    const found = await this.deliveries.list(scope, limit + 1, before);
    const items = found.slice(0, limit).map(viewOf);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, next: last ? sealCursor(secret, about, last.id) : null };
  }
}

function viewOf(delivery: DeliveryEntity): DeliveryView {
  const { id, key, channelId, subject, state, attempts, lastError, createdAt, sentAt } = delivery;
  const times = { createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() ?? null };
  return { id, key, channelId, subject, state, attempts, lastError, ...times };
}
