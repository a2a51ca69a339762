import type { Atom, Formula } from './atoms.js';
import type { Part } from './parts.js';

/** Atoms of which at least one has its gate open in every event that the formula holds for. */
type Witnesses = number[];

const ANY_TEXT = 100;
/** How often texts of some length stand in a field by chance, roughly; longer ones count as the last. */
const BY_LENGTH = [100, 60, 30, 12, 6, 4, 3, 2];

function commonness({ text, start, end }: Part): number {
  if (start && end) return 1;
  return BY_LENGTH[Math.min(text.length * (start || end ? 2 : 1), BY_LENGTH.length - 1)]!;
}

function rarity({ gate }: Atom): number {
  if (gate === 'none') return Infinity;
  return gate === 'text' ? ANY_TEXT : gate.reduce((sum, part) => sum + commonness(part), 0);
}

/** Every set of witnesses that the formula offers. */
function offers(formula: Formula, atoms: readonly Atom[]): Witnesses[] {
  if (formula.kind === 'not') return formula.of.kind === 'not' ? offers(formula.of.of, atoms) : [];
  if (formula.kind === 'atom') return atoms[formula.atom]!.gate === 'none' ? [] : [[formula.atom]];
  const inner = formula.of.map((one) => offers(one, atoms));
  if (formula.kind === 'and') return inner.flat();
  const weight = (set: Witnesses) => set.reduce((sum, atom) => sum + rarity(atoms[atom]!), 0);
  const lightest = (sets: Witnesses[]) => sets.reduce((best, set) => (weight(set) < weight(best) ? set : best));
  return inner.length === 0 || inner.some((sets) => sets.length === 0) ? [] : [inner.flatMap(lightest)];
}

/**
 * Chooses one set of witnesses for each formula: the rarest, atoms that many formulas offer counting as common. Null where
 * a formula has none and must be tried on every event.
 */
export function chooseWitnesses(formulas: readonly Formula[], atoms: readonly Atom[]): (Witnesses | null)[] {
  const offered = formulas.map((formula) => offers(formula, atoms));
  const shared = new Map<number, number>();
  for (const sets of offered) for (const atom of new Set(sets.flat())) shared.set(atom, (shared.get(atom) ?? 0) + 1);
  const price = (set: Witnesses) => set.reduce((sum, atom) => sum + rarity(atoms[atom]!) * shared.get(atom)!, 0);
  return offered.map((sets) =>
    sets.length === 0 ? null : sets.reduce((best, set) => (price(set) < price(best) ? set : best)),
  );
}
