import type { Relation } from './document.js';
import type { Regex } from './regex.js';
import type { Token } from './wildcard.js';

/** Where one field's content must stand in another's. */
export type Place = 'whole' | 'start' | 'end' | 'inside';

/** What is taken from a point in time; `week` is the ISO 8601 week, 1 to 53. */
export const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type TimePart = (typeof timeParts)[number];

/** One value of a rule after its modifiers: what a field's content is held against. */
export type Test =
  | { op: 'text'; tokens: Token[]; cased: boolean }
  | { op: 'regex'; regex: Regex }
  | { op: 'compare'; relation: Relation; value: number }
  | { op: 'cidr'; range: string }
  | { op: 'time'; part: TimePart; relation: Relation; value: number; zone: string }
  | { op: 'fieldref'; field: string; place: Place; cased: boolean }
  | { op: 'exists'; expected: boolean }
  | { op: 'null' }
  | { op: 'any'; of: Test[] };

/** A field (null: the whole event's text) with the tests of which one must hold, or every one. */
export type Item = { kind: 'item'; field: string | null; tests: Test[]; every: boolean };

/** A rule's whole detection as one tree; `name` is the search identifier it came from. */
export type Expression =
  | { kind: 'and' | 'or'; of: Expression[]; name?: string }
  | { kind: 'not'; of: Expression }
  | Item;
