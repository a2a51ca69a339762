import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { JobQueues } from '#platform/job-queues.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { EventIndices } from './event-indices.service.js';
import { tendIndices } from './events.jobs.js';

const EVERY = 5 * 60_000;

/** Keeps the schedule of roll-over and retention. */
@Injectable()
export class EventUpkeep implements OnApplicationBootstrap {
  constructor(
    private readonly config: Config,
    private readonly queues: JobQueues,
    private readonly tenants: TenantScopes,
    private readonly indices: EventIndices,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.has('scheduler')) await this.queues.repeatEvery(tendIndices, 'events.tend', EVERY, {});
  }

  /** Every tenant is tended, whatever happens to another. @throws AggregateError afterwards */
  async tendAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const { id } of await this.tenants.list()) {
      const scope = await this.tenants.open(id);
      await this.indices.tend(scope).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} tenants' indices could not be tended.`);
  }
}
