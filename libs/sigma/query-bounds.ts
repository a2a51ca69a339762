/** A query of Elasticsearch's core search API. */
export type Query = Record<string, unknown>;

/**
 * Two queries around what a part of a rule means: whatever the part matches is found by `most`, and whatever `least` finds
 * is matched by the part. Negation swaps them, so that an approximation never loses an event, however deep it stands.
 */
export type Bounds = { most: Query; least: Query };

export const all: Query = { match_all: {} };
export const none: Query = { match_none: {} };
/** Nothing is known: any event may match. */
export const unknown: Bounds = { most: all, least: none };

const distinct = (queries: Query[]): Query[] => [...new Map(queries.map((one) => [JSON.stringify(one), one])).values()];

type Joined = { bool?: { filter?: Query[]; should?: Query[] } };

/** Flat, since Elasticsearch refuses what is nested deeply. */
export function conjunction(queries: Query[]): Query {
  if (queries.includes(none)) return none;
  const filter = distinct(queries.filter((one) => one !== all).flatMap((one) => (one as Joined).bool?.filter ?? [one]));
  return filter.length < 2 ? (filter[0] ?? all) : { bool: { filter } };
}

export function disjunction(queries: Query[]): Query {
  if (queries.includes(all)) return all;
  const should = distinct(
    queries.filter((one) => one !== none).flatMap((one) => (one as Joined).bool?.should ?? [one]),
  );
  return should.length < 2 ? (should[0] ?? none) : { bool: { should, minimum_should_match: 1 } };
}

export function negation(query: Query): Query {
  if (query === all) return none;
  if (query === none) return all;
  const { bool } = query as { bool?: { must_not?: Query[] } };
  return bool?.must_not?.[0] ?? { bool: { must_not: [query] } };
}

export const both = (of: Bounds[]): Bounds => ({
  most: conjunction(of.map(({ most }) => most)),
  least: conjunction(of.map(({ least }) => least)),
});

export const either = (of: Bounds[]): Bounds => ({
  most: disjunction(of.map(({ most }) => most)),
  least: disjunction(of.map(({ least }) => least)),
});

export const opposite = ({ most, least }: Bounds): Bounds => ({ most: negation(least), least: negation(most) });
