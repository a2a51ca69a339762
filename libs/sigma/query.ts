import type { Expression, Item, Test } from './expression.js';
import {
  all,
  both,
  disjunction,
  either,
  negation,
  none,
  opposite,
  unknown,
  type Bounds,
  type Query,
} from './query-bounds.js';
import {
  analysedText,
  comparison,
  exists,
  keywordText,
  losesEmpty,
  network,
  presentOrEmpty,
  typedText,
} from './query-values.js';
import { openBoth, type Token } from './wildcard.js';

/** The search type of each field that an index has; what is not named here cannot be searched. */
export type IndexedFields = Readonly<Record<string, string>>;

/** More alternatives than this are not worth a query each (Elasticsearch limits clauses; the least it ever allows is 1024). */
const mostAlternatives = 256;

/** Letters that fold to ASCII ones for the engine (Kelvin sign, dotted capital I) and to nothing for Elasticsearch. */
const oddLetters = '.*[\u212a\u0130].*';

/**
 * A rule's detection as an Elasticsearch query (bool, term, terms, prefix, wildcard, range, exists, regexp) that finds every
 * event the engine would match, and as few others as it can: what cannot be asked is left to the engine, so run it over the
 * hits. It relies on documents whose mapped fields hold scalars or flat lists of them, under nested keys, and on
 * Elasticsearch naming in `_ignored` each field with a value that it did not index, be it too long or of another type.
 */
export function elasticsearchQuery(detection: Expression, indexed: IndexedFields): Query {
  const { most } = boundsOf(detection, indexed);
  if (most === all || most === none) return most;
  return disjunction([most, ...unseen(detection, indexed)]);
}

function boundsOf(expression: Expression, indexed: IndexedFields): Bounds {
  if (expression.kind === 'item') return itemBounds(expression, indexed);
  if (expression.kind === 'not') return opposite(boundsOf(expression.of, indexed));
  return (expression.kind === 'and' ? both : either)(expression.of.map((one) => boundsOf(one, indexed)));
}

function typeOf(field: string | null, indexed: IndexedFields): string | undefined {
  return field !== null && Object.hasOwn(indexed, field) ? indexed[field] : undefined;
}

function itemBounds({ field, tests, every }: Item, indexed: IndexedFields): Bounds {
  const type = typeOf(field, indexed);
  if (field === null || type === undefined) return unknown;
  if (!every) return anyOf(tests, field, type);
  // What is left out of an "and" only widens it.
  const some = both(tests.slice(0, mostAlternatives).map((test) => testBounds(test, field, type)));
  return tests.length > mostAlternatives ? { ...some, least: none } : some;
}

function anyOf(tests: Test[], field: string, type: string): Bounds {
  const bounds = tests.map((test) => testBounds(test, field, type));
  const { most, least } = either(bounds);
  if (most === all) return { most, least };
  // Where one alternative wants no more than a value, no other finds more.
  const wanted = JSON.stringify(exists(field));
  const coarse = bounds.length > mostAlternatives || bounds.some((one) => JSON.stringify(one.most) === wanted);
  return coarse ? { most: exists(field), least: bounds.length > mostAlternatives ? none : least } : { most, least };
}

function testBounds(test: Test, field: string, type: string): Bounds {
  const there = exists(field);
  switch (test.op) {
    case 'any':
      return anyOf(test.of, field, type);
    case 'text':
      return textBounds(test.tokens, test.cased, field, type);
    case 'regex':
      return { most: anyNeedle(test.regex.needles, field, type), least: none };
    case 'compare':
      return comparison(field, type, test);
    case 'cidr':
      return network(field, type, test.range);
    case 'fieldref':
      return { most: presentOrEmpty(field, type), least: none };
    case 'null':
      return { most: negation(there), least: losesEmpty(type) ? none : negation(there) };
    case 'exists':
      // null and the empty list exist for Sigma, and leave no trace in an index.
      return test.expected ? { most: all, least: there } : { most: negation(there), least: none };
    default:
      return unknown;
  }
}

function textBounds(tokens: Token[], cased: boolean, field: string, type: string): Bounds {
  if (type === 'keyword') return keywordText(field, tokens, cased);
  return type === 'text' ? analysedText(field, tokens) : typedText(field, type, tokens);
}

function anyNeedle(needles: string[] | null, field: string, type: string): Query {
  const tests = needles?.map((text): Test => ({ op: 'text', tokens: openBoth([{ text }]), cased: false }));
  return tests ? anyOf(tests, field, type).most : presentOrEmpty(field, type);
}

/** Events with a value, in a field that the rule reads, that the index does not know or does not fold as the engine does. */
function unseen(detection: Expression, indexed: IndexedFields): Query[] {
  const fields = [...new Set(fieldsOf(detection))].filter((field) => Object.hasOwn(indexed, field)).toSorted();
  const droppable = fields.filter((field) => indexed[field] !== 'text');
  const folded = fields.filter((field) => indexed[field] === 'keyword');
  return [
    ...(droppable.length > 0 ? [{ terms: { _ignored: droppable } }] : []),
    ...folded.map((field) => ({ regexp: { [field]: { value: oddLetters } } })),
  ];
}

function fieldsOf(expression: Expression): string[] {
  if (expression.kind === 'not') return fieldsOf(expression.of);
  if (expression.kind !== 'item') return expression.of.flatMap(fieldsOf);
  return expression.field === null ? [] : [expression.field];
}
