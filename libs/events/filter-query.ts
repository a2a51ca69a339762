import ipaddr from 'ipaddr.js';
import { invalid } from '#platform/errors.js';
import { TEXT_FIELDS, fieldType } from './event-mapping.js';
import type { Filter, RangeOperator } from './filter.js';

export type Query = Record<string, unknown>;

const OPERATORS: Record<RangeOperator, string> = { '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' };

/**
 * A filter as an Elasticsearch query. Nothing of the text is ever parsed by Elasticsearch itself.
 * @throws UserError 400 naming the field that is unknown, or whose value does not fit its type
 */
export function filterQuery(filter: Filter): Query {
  switch (filter.kind) {
    case 'all':
      return { match_all: {} };
    case 'and':
      return { bool: { filter: filter.parts.map(filterQuery) } };
    case 'or':
      return { bool: { should: filter.parts.map(filterQuery), minimum_should_match: 1 } };
    case 'not':
      return { bool: { must_not: filterQuery(filter.part) } };
    case 'words':
      return { multi_match: { query: filter.text, fields: TEXT_FIELDS, type: 'best_fields', operator: 'and' } };
    case 'phrase':
      return { multi_match: { query: filter.text, fields: TEXT_FIELDS, type: 'phrase' } };
    case 'beginning':
      return { multi_match: { query: filter.text, fields: TEXT_FIELDS, type: 'phrase_prefix' } };
    case 'exists':
      return { exists: { field: known(filter.field).field } };
    case 'is':
      return is(filter.field, filter.value);
    case 'starts':
      return starts(filter.field, filter.value);
    case 'range':
      return range(filter.field, filter.operator, filter.value);
  }
}

function known(field: string): { field: string; type: string } {
  const type = fieldType(field);
  if (!type) throw invalid('q', `the field '${field}' is unknown; put text with a colon in quotes`);
  return { field, type };
}

function is(name: string, text: string): Query {
  const { field, type } = known(name);
  if (type === 'text') return { match_phrase: { [field]: text } };
  if (type === 'keyword') return { term: { [field]: { value: text, case_insensitive: true } } };
  return { term: { [field]: value(field, type, text) } };
}

function starts(name: string, text: string): Query {
  const { field, type } = known(name);
  if (type === 'text') return { match_phrase_prefix: { [field]: text } };
  if (type === 'keyword') return { prefix: { [field]: { value: text, case_insensitive: true } } };
  throw invalid('q', `${field} is of type ${type}: '*' is for text only`);
}

function range(name: string, operator: RangeOperator, text: string): Query {
  const { field, type } = known(name);
  if (type === 'text' || type === 'boolean') throw invalid('q', `${field} is of type ${type}: it has no order`);
  return { range: { [field]: { [OPERATORS[operator]]: value(field, type, text) } } };
}

function value(field: string, type: string, text: string): string | number | boolean {
  const wrong = (what: string): Error => invalid('q', `${field} is ${what}, not '${text}'`);
  switch (type) {
    case 'ip':
      if (!ipaddr.isValid(text) && !ipaddr.isValidCIDR(text)) throw wrong('an address or a network');
      return text;
    case 'date':
      if (Number.isNaN(Date.parse(text))) throw wrong('a time such as 2026-11-23T10:00:00Z');
      return new Date(text).toISOString();
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw wrong('true or false');
      return text === 'true';
    case 'keyword':
      return text;
    default:
      if (text.trim() === '' || !Number.isFinite(Number(text))) throw wrong('a number');
      return Number(text);
  }
}
