import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { ChannelEntity } from './channel.entity.js';

@Injectable()
export class ChannelRepository {
  async insert(scope: TenantScope, channel: Omit<ChannelEntity, 'tenantId'>): Promise<void> {
    await scope.run((rows) => rows.insert(ChannelEntity, { ...channel, tenantId: scope.tenantId }));
  }

  list(scope: TenantScope): Promise<ChannelEntity[]> {
    const where = { tenantId: scope.tenantId, removedAt: IsNull() };
    return scope.run((rows) => rows.find(ChannelEntity, { where, order: { createdAt: 'ASC', id: 'ASC' } }));
  }

  /** Those of the ids that are channels of this tenant. */
  findAll(scope: TenantScope, ids: readonly string[]): Promise<ChannelEntity[]> {
    const where = { tenantId: scope.tenantId, id: In(ids), removedAt: IsNull() };
    return scope.run((rows) => rows.findBy(ChannelEntity, where));
  }

  async find(scope: TenantScope, id: string): Promise<ChannelEntity | undefined> {
    return (await this.findAll(scope, [id]))[0];
  }

  async remove(scope: TenantScope, id: string, at: Date): Promise<boolean> {
    const where = { tenantId: scope.tenantId, id, removedAt: IsNull() };
    const result = await scope.run((rows) => rows.update(ChannelEntity, where, { removedAt: at, secret: null }));
    return (result.affected ?? 0) > 0;
  }
}
