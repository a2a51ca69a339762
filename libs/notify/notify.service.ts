import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { OperationalError, notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import { JobQueues } from '#platform/job-queues.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { ChannelEntity } from './channel.entity.js';
import { ChannelRepository } from './channel.repository.js';
import type { DeliveryEntity } from './delivery.entity.js';
import { DeliveryRepository } from './delivery.repository.js';
import { EmailChannel } from './email.channel.js';
import { deliverJob } from './notify.jobs.js';
import { oneLine, type Message } from './outgoing.js';
import { WebhookChannel } from './webhook.channel.js';

const LIMITS = { subject: 200, error: 300, sweep: 500, jobLateMs: 60_000 };

/** Says something on a channel once: a row per message, a job to carry it, the row's lock while it is sent. */
@Injectable()
export class Notify {
  constructor(
    private readonly channels: ChannelRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly webhook: WebhookChannel,
    private readonly email: EmailChannel,
    private readonly queues: JobQueues,
    private readonly scopes: TenantScopes,
    private readonly clock: Clock,
  ) {}

  /** @throws UserError 404 when the tenant has no such channel. */
  async send(scope: TenantScope, message: Message): Promise<void> {
    await this.dispatch(scope, [await this.store(scope, message)]);
  }

  /**
   * The first half of `send`, for a transaction that is open: `dispatch` follows its commit.
   * @returns the delivery's id; a key that is known already keeps its delivery
   */
  async store(scope: TenantScope, message: Message): Promise<string> {
    const { key, channelId, text, data } = message;
    if (!/^[\w.-]{1,200}$/.test(key)) throw new Error(`Not a delivery key: ${key}`);
    if (!(await this.channels.find(scope, channelId))) throw notFound();
    const subject = oneLine(message.subject, LIMITS.subject);
    const row = { id: newId(), key, channelId, subject, text, data, createdAt: this.clock.now() };
    return (await this.deliveries.insertOnce(scope, row)).id;
  }

  async dispatch(scope: TenantScope, deliveryIds: readonly string[]): Promise<void> {
    for (const deliveryId of deliveryIds) {
      await this.queues.add(deliverJob, { tenantId: scope.tenantId, deliveryId }, { id: deliveryId });
    }
  }

  /** @throws OperationalError when it could not be sent, so that it is tried again. */
  async deliver(tenantId: string, deliveryId: string): Promise<void> {
    const scope = await this.scopes.open(tenantId);
    const failure = await scope.transaction((open) => this.attempt(open, deliveryId));
    if (failure) throw new OperationalError(failure);
  }

  /** Queues again what waits without a job; known jobs are not added twice. */
  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - LIMITS.jobLateMs);
    const waiting = await this.deliveries.waiting(await this.scopes.all(), before, LIMITS.sweep);
    for (const { tenantId, id } of waiting) {
      await this.queues.add(deliverJob, { tenantId, deliveryId: id }, { id });
    }
  }

  private async attempt(scope: TenantScope, id: string): Promise<string | undefined> {
    const delivery = await this.deliveries.lock(scope, id);
    if (!delivery) throw new OperationalError('The delivery is not stored yet.');
    if (delivery.state === 'sent') return undefined;
    const channel = await this.channels.find(scope, delivery.channelId);
    if (!channel) {
      await this.deliveries.update(scope, id, { state: 'failed', lastError: 'The channel was removed.' });
      return undefined;
    }
    const attempts = delivery.attempts + 1;
    try {
      const providerId = await this.carry(channel, delivery);
      await this.deliveries.update(scope, id, {
        state: 'sent',
        attempts,
        providerId,
        lastError: null,
        sentAt: this.clock.now(),
      });
      return undefined;
    } catch (error) {
      const lastError = oneLine(error instanceof Error ? error.message : String(error), LIMITS.error);
      const state = attempts < deliverJob.attempts ? 'queued' : 'failed';
      await this.deliveries.update(scope, id, { state, attempts, lastError });
      return lastError;
    }
  }

  private carry({ kind, target, secret }: ChannelEntity, delivery: DeliveryEntity): Promise<string | null> {
    const outgoing = { ...delivery, deliveryId: delivery.id, target, secret, at: this.clock.now() };
    return kind === 'webhook' ? this.webhook.deliver(outgoing) : this.email.deliver(outgoing);
  }
}
