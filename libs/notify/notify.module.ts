import { Module } from '@nestjs/common';
import { ChannelController } from './channel.controller.js';
import { ChannelRepository } from './channel.repository.js';
import { Channels } from './channels.service.js';
import { DeliverProcessor } from './deliver.processor.js';
import { Deliveries } from './deliveries.service.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliverySweepProcessor } from './delivery-sweep.processor.js';
import { EmailChannel } from './email.channel.js';
import { Notify } from './notify.service.js';
import { WebhookChannel } from './webhook.channel.js';

@Module({
  controllers: [ChannelController, DeliveryController],
  providers: [
    ChannelRepository,
    DeliveryRepository,
    WebhookChannel,
    EmailChannel,
    Notify,
    Channels,
    Deliveries,
    DeliverProcessor,
    DeliverySweepProcessor,
  ],
  exports: [Notify, Channels],
})
export class NotifyModule {}
