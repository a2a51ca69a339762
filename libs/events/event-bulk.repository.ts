import { Client, errors } from '@elastic/elasticsearch';
import { Injectable } from '@nestjs/common';
import { OperationalError } from '#platform/errors.js';
import { bulkBody, type BulkItem } from './bulk-request.js';
import type { EventDocument } from './event-document.js';

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
  async create(documents: readonly EventDocument[]): Promise<BulkItem[] | null> {
    const request = { method: 'POST', path: '/_bulk', querystring: { filter_path: 'items.*.status,items.*.error' } };
    try {
      const answer = await this.elasticsearch.transport.request<BulkAnswer>(
        { ...request, bulkBody: bulkBody(documents) },
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
