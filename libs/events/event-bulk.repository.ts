import { Client, errors } from '@elastic/elasticsearch';
import { Injectable } from '@nestjs/common';
import { OperationalError } from '#platform/errors.js';
import type { BulkItems } from './bulk-items.js';
import type { BulkItem } from './bulk-outcome.js';

interface BulkAnswer {
  items?: { create: BulkItem }[];
}

/** Bulk requests; the documents name concrete indices, which only `EventIndices` gives out. */
@Injectable()
export class EventBulkRepository {
  constructor(private readonly elasticsearch: Client) {}

  /**
   * @returns one item a document, in order; null when the request as a whole is not acceptable
   * @throws OperationalError when Elasticsearch is away, busy or refuses writes
   */
  async create(parts: readonly BulkItems[]): Promise<BulkItem[] | null> {
    const request = { method: 'POST', path: '/_bulk', querystring: { filter_path: 'items.*.status,items.*.error' } };
    try {
      const bulkBody = parts.length === 1 ? parts[0]!.bytes : Buffer.concat(parts.map(({ bytes }) => bytes));
      const answer = await this.elasticsearch.transport.request<BulkAnswer>(
        { ...request, bulkBody },
        { maxRetries: 0 },
      );
      return (answer.items ?? []).map((item) => item.create);
    } catch (error) {
      if (error instanceof errors.ResponseError && (error.statusCode === 400 || error.statusCode === 413)) return null;
      throw new OperationalError(
        `Elasticsearch took no events: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
