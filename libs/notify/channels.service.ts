import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { invalid, notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { targetRefusal } from './address-guard.js';
import type { ChannelEntity } from './channel.entity.js';
import { ChannelRepository } from './channel.repository.js';
import type { ChannelList, ChannelView, CreatedChannel, NewChannel, SentTest } from './channel.schema.js';
import { Notify } from './notify.service.js';
import { formatSecret } from './webhook-signature.js';

const SECRET_BYTES = 32;

/** The ways out that a tenant has. */
@Injectable()
export class Channels {
  constructor(
    private readonly channels: ChannelRepository,
    private readonly notify: Notify,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async list(scope: TenantScope): Promise<ChannelList> {
    return { items: (await this.channels.list(scope)).map(viewOf), next: null };
  }

  /** @throws UserError 400 when the target is none that we send to. */
  async add(scope: TenantScope, { kind, name, target }: NewChannel): Promise<CreatedChannel> {
    const refusal = kind === 'webhook' && targetRefusal(target, this.config.values.WEBHOOK_ALLOW_LOOPBACK);
    if (refusal) throw invalid('target', refusal);
    const secret = kind === 'webhook' ? formatSecret(randomBytes(SECRET_BYTES)) : null;
    const channel = { id: newId(), kind, name, target, secret, createdAt: this.clock.now(), removedAt: null };
    await this.channels.insert(scope, channel);
    return { ...viewOf(channel), secret };
  }

  async remove(scope: TenantScope, id: string): Promise<void> {
    if (!(await this.channels.remove(scope, id, this.clock.now()))) throw notFound();
  }

  async test(scope: TenantScope, id: string): Promise<SentTest> {
    const subject = 'Plantwatch: test';
    const text = `A test from Plantwatch for ${scope.tenant.name}. Nothing has to be done.`;
    const deliveryId = await this.notify.store(scope, {
      key: `test.${newId()}`,
      channelId: id,
      subject,
      text,
      data: {},
    });
    await this.notify.dispatch(scope, [deliveryId]);
    return { deliveryId };
  }

  /** Which of these ids are no channels of the tenant. */
  async missing(scope: TenantScope, ids: readonly string[]): Promise<string[]> {
    const known = new Set((await this.channels.findAll(scope, ids)).map((channel) => channel.id));
    return ids.filter((id) => !known.has(id));
  }
}

function viewOf({ id, kind, name, target, createdAt }: Omit<ChannelEntity, 'tenantId'>): ChannelView {
  return { id, kind, name, target, createdAt: createdAt.toISOString() };
}
