import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import type { Expression, Item, Test } from '#sigma/expression.js';
import type { Token } from '#sigma/wildcard.js';

export type Query = Record<string, unknown>;

const escape = (text: string) => text.replace(/[*?\\]/g, '\\$&');
const patternOf = (tokens: readonly Token[]): string | null =>
  tokens.every((token) => 'wild' in token || 'text' in token)
    ? tokens.map((token) => ('wild' in token ? token.wild : escape(token.text))).join('')
    : null;

/** The events for which a test holds; null when Elasticsearch cannot say. */
function testQuery(field: string, test: Test): Query | null {
  if (test.op === 'exists')
    return test.expected ? { exists: { field } } : { bool: { must_not: { exists: { field } } } };
  if (test.op === 'null') return { bool: { must_not: { exists: { field } } } };
  const pattern = test.op === 'text' && MAPPED_FIELDS[field] === 'keyword' ? patternOf(test.tokens) : null;
  return pattern === null ? null : { wildcard: { [field]: { value: pattern, case_insensitive: true } } };
}

const all = (of: Query[]): Query => ({ bool: { filter: of } });
const any = (of: Query[]): Query => ({ bool: { should: of, minimum_should_match: 1 } });
const whole = (of: (Query | null)[]): Query[] | null => (of.includes(null) ? null : of.filter((one) => one !== null));

function itemQuery({ field, tests, every }: Item): Query | null {
  if (field === null || !Object.hasOwn(MAPPED_FIELDS, field)) return null;
  const known = whole(tests.map((test) => testQuery(field, test)));
  return known && (every ? all : any)(known);
}

/** The events for which an expression holds; null when Elasticsearch cannot say. */
function exactQuery(expression: Expression): Query | null {
  if (expression.kind === 'item') return itemQuery(expression);
  if (expression.kind === 'not') {
    const inner = exactQuery(expression.of);
    return inner && { bool: { must_not: inner } };
  }
  const of = whole(expression.of.map(exactQuery));
  return of && (expression.kind === 'and' ? all : any)(of);
}

/**
 * A query for at least the events for which an expression holds: of what Elasticsearch cannot say, such as tests of fields
 * that are not mapped, any event counts.
 */
export function wideQuery(expression: Expression): Query {
  if (expression.kind === 'and') return all(expression.of.map(wideQuery));
  if (expression.kind === 'or' && expression.of.length > 0) return any(expression.of.map(wideQuery));
  return exactQuery(expression) ?? { match_all: {} };
}
