import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '#platform/config.js';
import { JobQueues } from '#platform/job-queues.js';
import { collectorStatus } from './intake.schema.js';

export type CollectorStatus = z.output<typeof collectorStatus>;

/** What each collector said of itself last; nothing is lost when Redis forgets it. */
@Injectable()
export class CollectorStatusRepository {
  private readonly key: string;

  constructor(
    private readonly queues: JobQueues,
    config: Config,
  ) {
    this.key = `${config.values.QUEUE_PREFIX}:collectors`;
  }

  async write(status: CollectorStatus): Promise<void> {
    await this.queues.connection.hset(this.key, status.collector, JSON.stringify(status));
  }

  async list(): Promise<CollectorStatus[]> {
    const reports = await this.queues.connection.hvals(this.key);
    return reports.map((report) => collectorStatus.parse(JSON.parse(report)));
  }
}
