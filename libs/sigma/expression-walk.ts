import type { Expression, Item, Test } from './expression.js';

/** Every field with its tests, in the order written. */
export function* itemsOf(expression: Expression): Generator<Item> {
  if (expression.kind === 'item') yield expression;
  else if (expression.kind === 'not') yield* itemsOf(expression.of);
  else for (const one of expression.of) yield* itemsOf(one);
}

/** Replaces each item; what becomes null is left out, and so is an expression of which nothing is left. */
export function mapItems(expression: Expression, change: (item: Item) => Expression | null): Expression | null {
  if (expression.kind === 'item') return change(expression);
  if (expression.kind === 'not') {
    const of = mapItems(expression.of, change);
    return of && { ...expression, of };
  }
  const of = expression.of.map((one) => mapItems(one, change)).filter((one) => one !== null);
  return of.length === 0 && expression.of.length > 0 ? null : { ...expression, of };
}

/** Replaces each test, also the variants inside one. */
export const mapTests = (tests: readonly Test[], change: (test: Test) => Test[]): Test[] =>
  tests.flatMap((test) => (test.op === 'any' ? [{ ...test, of: mapTests(test.of, change) }] : change(test)));

/** The fields that tests refer to by `fieldref`. */
export const referredFields = (tests: readonly Test[]): string[] =>
  tests.flatMap((test) => {
    if (test.op === 'any') return referredFields(test.of);
    return test.op === 'fieldref' ? [test.field] : [];
  });

/** Every field that an expression reads, each once. */
export function fieldsOf(expression: Expression): string[] {
  const found = new Set<string>();
  for (const { field, tests } of itemsOf(expression)) {
    if (field !== null) found.add(field);
    for (const other of referredFields(tests)) found.add(other);
  }
  return [...found];
}
