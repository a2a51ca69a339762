import type { Expression, Item, Test } from '#sigma/expression.js';
import { fold, plainText } from '#sigma/wildcard.js';

/** A field with a folded value, or with any value (null): an event for which the rule holds has one of its witnesses. */
export type Witness = { field: string; value: string | null };

/** How much worse it is to try a rule wherever its field is present than where the field has one certain value. */
const presencePenalty = 20;

function exactValues(test: Test): string[] | null {
  if (test.op === 'any') {
    const all = test.of.map(exactValues);
    return all.includes(null) ? null : all.flatMap((values) => values ?? []);
  }
  const plain = test.op === 'text' ? plainText(fold(test.tokens)) : null;
  return plain === null ? null : [plain];
}

function needsText(test: Test): boolean {
  if (test.op === 'any') return test.of.every(needsText);
  return test.op !== 'null' && test.op !== 'exists';
}

function ofItem({ field, tests, every }: Item): Witness[][] {
  if (field === null) return [];
  const exact = tests.map((test) => exactValues(test)?.map((value) => ({ field, value })) ?? null);
  const present = tests[every ? 'some' : 'every'](needsText) ? [[{ field, value: null }]] : [];
  if (every) return [...exact.filter((it) => it !== null), ...present];
  return exact.includes(null) ? present : [exact.flatMap((it) => it ?? [])];
}

const weight = (set: Witness[]) => set.reduce((sum, { value }) => sum + (value === null ? presencePenalty : 1), 0);
const lightest = (sets: Witness[][]) => sets.reduce((best, set) => (weight(set) < weight(best) ? set : best));

/** Every set of witnesses that the expression offers; each set alone is necessary for a match. */
function offers(expression: Expression): Witness[][] {
  if (expression.kind === 'not') return [];
  if (expression.kind === 'item') return ofItem(expression);
  const inner = expression.of.map(offers);
  if (expression.kind === 'and') return inner.flat();
  return inner.length === 0 || inner.some((sets) => sets.length === 0) ? [] : [inner.flatMap(lightest)];
}

const keyOf = ({ field, value }: Witness) => (value === null ? field : `${field}\u0000${value}`);

/**
 * Chooses one set of witnesses for each expression: the one that the fewest expressions share, certain values before mere
 * presence. Null where an expression has none and must be tried on every event.
 */
export function chooseWitnesses(expressions: readonly Expression[]): (Witness[] | null)[] {
  const offered = expressions.map(offers);
  const shared = new Map<string, number>();
  for (const sets of offered) {
    for (const key of new Set(sets.flat().map(keyOf))) shared.set(key, (shared.get(key) ?? 0) + 1);
  }
  const price = (set: Witness[]) =>
    set.reduce((sum, it) => sum + shared.get(keyOf(it))! * (it.value === null ? presencePenalty : 1), 0);
  return offered.map((sets) =>
    sets.length === 0 ? null : sets.reduce((best, set) => (price(set) < price(best) ? set : best)),
  );
}
