import { Client } from '@elastic/elasticsearch';
import { Injectable } from '@nestjs/common';
import { ProviderDatabase } from './database.js';
import { OperationalError } from './errors.js';
import { JobQueues } from './job-queues.js';

export interface Health {
  status: 'ok';
  checks: Record<string, 'ok'>;
}

@Injectable()
export class HealthService {
  constructor(
    private readonly database: ProviderDatabase,
    private readonly queues: JobQueues,
    private readonly elasticsearch: Client,
  ) {}

  /** @throws OperationalError (503) that names what is away. */
  async ready(): Promise<Health> {
    const checks = {
      postgresql: this.database.login.source.query('SELECT 1'),
      redis: this.queues.connection.ping(),
      elasticsearch: this.elasticsearch.cluster.health({ timeout: '2s' }),
    };
    for (const [name, check] of Object.entries(checks)) {
      await check.catch((error: Error) => {
        throw new OperationalError(`${name} is away: ${error.message}`);
      });
    }
    return { status: 'ok', checks: { postgresql: 'ok', redis: 'ok', elasticsearch: 'ok' } };
  }
}
