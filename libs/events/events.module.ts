import { Module } from '@nestjs/common';
import { EventBulkRepository } from './event-bulk.repository.js';
import { EventIndexRepository } from './event-index.repository.js';
import { EventIndices } from './event-indices.service.js';
import { EventSearchRepository } from './event-search.repository.js';
import { EventSearch } from './event-search.service.js';
import { EventStoreRepository } from './event-store.repository.js';
import { EventUpkeep } from './event-upkeep.service.js';
import { EventWriter } from './event-writer.service.js';
import { EventsController } from './events.controller.js';
import { TendIndicesProcessor } from './events.processor.js';

@Module({
  controllers: [EventsController],
  providers: [
    EventBulkRepository,
    EventIndexRepository,
    EventIndices,
    EventSearch,
    EventSearchRepository,
    EventStoreRepository,
    EventUpkeep,
    EventWriter,
    TendIndicesProcessor,
  ],
  exports: [EventIndices, EventSearch, EventWriter],
})
export class EventsModule {}
