import { Injectable } from '@nestjs/common';
import { Handles, type JobHandler } from '#platform/job-runner.js';
import { EventUpkeep } from './event-upkeep.service.js';
import { tendIndices } from './events.jobs.js';

@Injectable()
@Handles(tendIndices)
export class TendIndicesProcessor implements JobHandler<object> {
  constructor(private readonly upkeep: EventUpkeep) {}

  handle(): Promise<void> {
    return this.upkeep.tendAll();
  }
}
