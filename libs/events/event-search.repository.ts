import { setTimeout as pause } from 'node:timers/promises';
import { Client, errors } from '@elastic/elasticsearch';
import { Injectable } from '@nestjs/common';
import type { EcsEvent } from '#ecs/event.js';
import { OperationalError } from '#platform/errors.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { during, type SearchBody } from './event-query.js';
import type { EventPosition } from './event.schema.js';
import type { Query } from './filter-query.js';
import { indexPattern, ownEvents } from './index-name.js';

export interface Hit {
  event: EcsEvent;
  position: EventPosition;
}

export interface GroupRow {
  key: Record<string, string>;
  count: number;
  last: string;
  medianSkewMs: number | null;
}

interface Bucket {
  key: Record<string, string>;
  doc_count: number;
  last: { value: number | null };
  skew: { values: Record<string, number | null> };
}

interface Grouped {
  groups: { buckets: Bucket[]; after_key?: Record<string, string> };
}

interface Filtered {
  found: { buckets: { doc_count: number }[] };
}

const PAGE = 1000;
/** Filters in one search. */
const FILTERS = 200;
/** An index that was made this moment has no shard to ask yet. */
const STARTING = { attempts: 20, pause: 100 };

/** Reads a tenant's events and nothing else: its own indices, and its own documents in its pool's. */
@Injectable()
export class EventSearchRepository {
  constructor(private readonly elasticsearch: Client) {}

  async search(scope: TenantScope, body: SearchBody): Promise<Hit[]> {
    const answer = await this.ask<Hits>(scope, { ...body });
    return answer.hits.hits.map((hit) => ({ event: hit._source, position: hit.sort }));
  }

  /** In the order of arrival; ids that are not there are left out. */
  async byIds(scope: TenantScope, ids: readonly string[]): Promise<EcsEvent[]> {
    const found: EcsEvent[] = [];
    for (let at = 0; at < ids.length; at += PAGE) {
      const values = ids.slice(at, at + PAGE);
      const body = {
        query: { ids: { values } },
        size: values.length,
        sort: [{ '@timestamp': 'asc' }, { 'event.id': 'asc' }],
      };
      const answer = await this.ask<Hits>(scope, body);
      found.push(...answer.hits.hits.map((hit) => hit._source));
    }
    return found;
  }

  /** Counts by the values of the given fields; events that lack one of them are left out. */
  async group(
    scope: TenantScope,
    range: { from: Date; to: Date },
    fields: readonly string[],
    where: readonly Query[] = [],
  ): Promise<GroupRow[]> {
    const sources = fields.map((field) => ({ [field]: { terms: { field } } }));
    const aggs = {
      last: { max: { field: 'event.created' } },
      skew: { percentiles: { field: 'plantwatch.skew_ms', percents: [50] } },
    };
    const query: Query = { bool: { filter: [during(range.from, range.to), ...where] } };
    const rows: GroupRow[] = [];
    let after: Record<string, string> | undefined;
    do {
      const composite = { size: PAGE, sources, ...(after ? { after } : {}) };
      const answer = await this.ask<{ aggregations?: Grouped }>(scope, {
        size: 0,
        query,
        aggs: { groups: { composite, aggs } },
      });
      const groups = answer.aggregations?.groups;
      rows.push(...(groups?.buckets ?? []).map(row));
      after = groups?.after_key;
    } while (after);
    return rows;
  }

  /** The names of the queries to which any event is an answer; many are asked in one search. */
  async holding(scope: TenantScope, queries: ReadonlyMap<string, Query>): Promise<Set<string>> {
    const named = [...queries];
    const found = new Set<string>();
    for (let at = 0; at < named.length; at += FILTERS) {
      const part = named.slice(at, at + FILTERS);
      const filters = part.map(([, query]) => query);
      const answer = await this.ask<{ aggregations?: Filtered }>(scope, {
        size: 0,
        track_total_hits: false,
        aggs: { found: { filters: { filters } } },
      });
      answer.aggregations?.found.buckets.forEach(({ doc_count: count }, index) => {
        if (count > 0) found.add(part[index]![0]);
      });
    }
    return found;
  }

  private async ask<T>(scope: TenantScope, { query, ...rest }: { query?: Query; [part: string]: unknown }): Promise<T> {
    const path = `/${indexPattern(scope.tenant)}/_search`;
    const filter = [ownEvents(scope.tenant), ...(query ? [query] : [])];
    const body = { ...rest, query: { bool: { filter } } };
    const querystring = { ignore_unavailable: true, allow_no_indices: true };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.elasticsearch.transport.request<T>({ method: 'POST', path, querystring, body });
      } catch (error) {
        const status = error instanceof errors.ResponseError ? error.statusCode : undefined;
        if (status === 400) throw error;
        if (status === 503 && attempt < STARTING.attempts) await pause(STARTING.pause);
        else
          throw new OperationalError(
            `Elasticsearch did not answer: ${error instanceof Error ? error.message : String(error)}`,
          );
      }
    }
  }
}

interface Hits {
  hits: { hits: { _source: EcsEvent; sort: EventPosition }[] };
}

function row({ key, doc_count: count, last, skew }: Bucket): GroupRow {
  return { key, count, last: new Date(last.value ?? 0).toISOString(), medianSkewMs: skew.values['50.0'] ?? null };
}
