import { Client, errors } from '@elastic/elasticsearch';
import { Injectable } from '@nestjs/common';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { eventIndex } from './event-mapping.js';
import { isIndexOf, ownEvents } from './index-name.js';

/** What Elasticsearch says of the tenant's events in one index. */
export interface IndexMeasure {
  documents: number;
  /** Of the whole index. */
  bytes: number;
  firstEventAt: Date | null;
  lastEventAt: Date | null;
}

interface Bounds {
  aggregations?: { first: { value: number | null }; last: { value: number | null } };
}

/** The tenant's indices themselves. */
@Injectable()
export class EventStoreRepository {
  constructor(private readonly elasticsearch: Client) {}

  /** Makes the index, or brings the mapping of one that exists up to the fields of this version. */
  async ensure(scope: TenantScope, index: string): Promise<void> {
    const definition = eventIndex({ replicas: 0 });
    try {
      await this.elasticsearch.indices.create({ index: own(scope, index), ...definition });
    } catch (error) {
      if (!(error instanceof errors.ResponseError) || typeOf(error) !== 'resource_already_exists_exception')
        throw error;
      // The time stamp's own mapping is fixed when a logsdb index is made.
      const { '@timestamp': _, ...properties } = definition.mappings.properties;
      await this.elasticsearch.indices.putMapping({ index, properties });
    }
  }

  async measure(scope: TenantScope, index: string): Promise<IndexMeasure> {
    const name = own(scope, index);
    const [stats, bounds] = await Promise.all([
      this.elasticsearch.indices.stats({ index: name, metric: ['store'] }),
      this.elasticsearch.search<unknown, Bounds['aggregations']>({
        index: name,
        size: 0,
        track_total_hits: true,
        query: ownEvents(scope.tenant),
        aggs: { first: { min: { field: '@timestamp' } }, last: { max: { field: '@timestamp' } } },
      }),
    ]);
    const primaries = stats._all.primaries;
    const { total } = bounds.hits;
    return {
      documents: typeof total === 'number' ? total : (total?.value ?? 0),
      bytes: primaries?.store?.size_in_bytes ?? 0,
      firstEventAt: moment(bounds.aggregations?.first.value),
      lastEventAt: moment(bounds.aggregations?.last.value),
    };
  }

  async drop(scope: TenantScope, index: string): Promise<void> {
    await this.elasticsearch.indices.delete({ index: own(scope, index), ignore_unavailable: true });
  }
}

function own(scope: TenantScope, index: string): string {
  if (!isIndexOf(scope.tenant, index)) throw new Error(`${index} is not an index of this tenant.`);
  return index;
}

function typeOf(error: errors.ResponseError): string | undefined {
  const body: unknown = error.body;
  const cause = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  return typeof cause === 'object' && cause !== null && 'type' in cause ? String(cause.type) : undefined;
}

function moment(value: number | null | undefined): Date | null {
  return value === null || value === undefined ? null : new Date(value);
}
