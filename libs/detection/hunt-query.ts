import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import type { SigmaRule } from '#sigma/document.js';
import { elasticsearchQuery } from '#sigma/query.js';
import type { Query } from '#sigma/query-bounds.js';
import { route, type LogsourceRouting } from '#pipelines/routing.js';

/**
 * Finds a tenant's stored events that a rule could match; the engine decides over the hits. Events that were written before
 * a field was mapped are not found by that field.
 * @param routing without one the rule's log source is not looked at
 * @returns null when no event has the rule's log source
 */
export function huntQuery(rule: SigmaRule, routing: LogsourceRouting | null): Query | null {
  if (!routing) return elasticsearchQuery(rule.detection, MAPPED_FIELDS);
  const routed = route(rule, routing);
  return routed && elasticsearchQuery({ kind: 'and', of: [routed.when, routed.detection] }, MAPPED_FIELDS);
}
