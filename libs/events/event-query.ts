import type { EventPosition, EventQuery } from './event.schema.js';
import { parseFilter } from './filter.js';
import { filterQuery, type Query } from './filter-query.js';

const ASSET_FIELDS = ['plantwatch.asset.id', 'plantwatch.source_asset.id', 'plantwatch.destination_asset.id'];

/** Newest first; events of the same millisecond by identity, which is their arrival. */
const NEWEST_FIRST = [{ '@timestamp': 'desc' }, { 'event.id': 'desc' }];

export interface SearchBody {
  query: Query;
  sort: object[];
  size: number;
  search_after?: EventPosition;
  track_total_hits: false;
}

/** @throws UserError 400 when the filter is not one */
export function searchBody(
  { from, to, q, asset }: Pick<EventQuery, 'from' | 'to' | 'q' | 'asset'>,
  size: number,
  after?: EventPosition,
): SearchBody {
  const conditions: Query[] = [filterQuery(parseFilter(q))];
  if (from || to) conditions.push(during(from, to));
  if (asset)
    conditions.push({
      bool: { should: ASSET_FIELDS.map((field) => ({ term: { [field]: asset } })), minimum_should_match: 1 },
    });
  const body = { query: { bool: { filter: conditions } }, sort: NEWEST_FIRST, size, track_total_hits: false as const };
  return after ? { ...body, search_after: after } : body;
}

/** Device time in the half-open range [from, to). */
export function during(from: Date | undefined, to: Date | undefined): Query {
  return {
    range: { '@timestamp': { ...(from ? { gte: from.toISOString() } : {}), ...(to ? { lt: to.toISOString() } : {}) } },
  };
}
