import { conditionHolds } from './condition.js';
import { itemHolds } from './item.js';

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rules specification, "Search-Identifier": a map is and, a list is or, and what has no field is a keyword. */
function searchHolds(event: object, search: unknown): boolean {
  if (isMap(search)) return Object.entries(search).every(([key, value]) => itemHolds(event, key, value));
  if (Array.isArray(search)) return search.some((one) => searchHolds(event, one));
  return itemHolds(event, '', search);
}

/**
 * Whether a rule's detection (as the YAML parser gives it) holds for an event: the specification's words evaluated
 * directly, slowly and without any preparation. It shares nothing with libs/sigma and libs/engine.
 */
export function detectionHolds(detection: Record<string, unknown>, event: object): boolean {
  const { condition, ...searches } = detection;
  const conditions = Array.isArray(condition) ? condition : [condition];
  return conditions.some((text) =>
    conditionHolds(String(text), Object.keys(searches), (name) => searchHolds(event, searches[name])),
  );
}
