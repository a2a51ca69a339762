import { Client } from '@elastic/elasticsearch';
import { Injectable } from '@nestjs/common';
import { OperationalError } from '#platform/errors.js';

/** How full Elasticsearch is. */
@Injectable()
export class ShardRepository {
  constructor(private readonly elasticsearch: Client) {}

  /** @throws OperationalError when Elasticsearch is away */
  async count(): Promise<{ shards: number; nodes: number }> {
    try {
      const health = await this.elasticsearch.cluster.health();
      return { shards: health.active_shards, nodes: health.number_of_data_nodes };
    } catch (error) {
      throw new OperationalError(
        `Elasticsearch did not answer: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
