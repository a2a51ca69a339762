import { Injectable } from '@nestjs/common';
import type { EcsEvent } from '#ecs/event.js';
import { Config } from '#platform/config.js';
import { openCursor, sealCursor } from '#platform/cursor.js';
import { notFound } from '#platform/errors.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { searchBody } from './event-query.js';
import type { Query } from './filter-query.js';
import { EventSearchRepository } from './event-search.repository.js';
import { eventPosition, type EventQuery } from './event.schema.js';

export interface EventPage {
  items: EcsEvent[];
  next: string | null;
}

export interface CategoryCount {
  assetId: string;
  category: string;
  count: number;
  last: string;
}

export interface SourceActivity {
  sourceId: string;
  count: number;
  /** When its last event arrived. */
  last: string;
  /** Device time minus arrival time; negative: the device is behind, or its events come late. */
  medianSkewMs: number | null;
}

export interface SampleRange {
  from: Date;
  to: Date;
  limit: number;
}

interface NameCount {
  name: string;
  count: number;
  last: string;
}

export interface SourceSample {
  events: EcsEvent[];
  parsers: NameCount[];
  tags: NameCount[];
}

/** Finds events; answers are the stored documents. */
@Injectable()
export class EventSearch {
  constructor(
    private readonly events: EventSearchRepository,
    private readonly config: Config,
  ) {}

  /** Newest first. @throws UserError 400 that names what is wrong with the filter or the cursor */
  async search(
    scope: TenantScope,
    query: Omit<EventQuery, 'limit' | 'cursor'>,
    page: Pick<EventQuery, 'limit' | 'cursor'>,
  ): Promise<EventPage> {
    const secret = this.config.values.PLANTWATCH_SECRET;
    const { q, asset, from, to } = query;
    const about = `events ${JSON.stringify([scope.tenantId, q, asset, from, to])}`;
    const after = page.cursor ? openCursor(secret, about, page.cursor, eventPosition) : undefined;
    const hits = await this.events.search(scope, searchBody(query, page.limit + 1, after));
    const shown = hits.slice(0, page.limit);
    const last = shown.at(-1);
    const next = hits.length > page.limit && last ? sealCursor(secret, about, last.position) : null;
    return { items: shown.map((hit) => hit.event), next };
  }

  /** @throws UserError 404 */
  async one(scope: TenantScope, id: string): Promise<EcsEvent> {
    const [event] = await this.events.byIds(scope, [id]);
    if (!event) throw notFound();
    return event;
  }

  /** By device time; ids that are unknown, or past retention, are left out. */
  byIds(scope: TenantScope, ids: readonly string[]): Promise<EcsEvent[]> {
    return this.events.byIds(scope, ids);
  }

  /** IEC 62443-4-2 CR 2.8: which kinds of auditable events each asset was seen to report in [from, to). */
  async auditCategories(scope: TenantScope, from: Date, to: Date): Promise<CategoryCount[]> {
    const rows = await this.events.group(scope, { from, to }, ['plantwatch.asset.id', 'plantwatch.audit_category']);
    return rows.map(({ key, count, last }) => ({
      assetId: key['plantwatch.asset.id'] ?? '',
      category: key['plantwatch.audit_category'] ?? '',
      count,
      last,
    }));
  }

  /** The names of the queries to which any event is an answer. */
  holding(scope: TenantScope, queries: ReadonlyMap<string, Query>): Promise<Set<string>> {
    return this.events.holding(scope, queries);
  }

  /** The newest events of a log source by arrival, and how many lines each parser read and each tag marks in [from, to). */
  async sourceSample(scope: TenantScope, sourceId: string, { from, to, limit }: SampleRange): Promise<SourceSample> {
    const where = [{ term: { 'plantwatch.source_id': sourceId } }];
    const query = { bool: { filter: where } };
    const sort = [{ 'plantwatch.sequence': 'desc' }];
    const hits = await this.events.search(scope, { query, sort, size: limit, track_total_hits: false });
    const [parsers, tags] = await Promise.all(
      ['plantwatch.parser', 'tags'].map(async (field) => {
        const rows = await this.events.group(scope, { from, to }, [field], where);
        return rows.map(({ key, count, last }) => ({ name: key[field] ?? '', count, last }));
      }),
    );
    return { events: hits.map(({ event }) => event), parsers: parsers!, tags: tags! };
  }

  async sourceActivity(scope: TenantScope, from: Date, to: Date): Promise<SourceActivity[]> {
    const rows = await this.events.group(scope, { from, to }, ['plantwatch.source_id']);
    return rows.map(({ key, count, last, medianSkewMs }) => ({
      sourceId: key['plantwatch.source_id'] ?? '',
      count,
      last,
      medianSkewMs,
    }));
  }
}
