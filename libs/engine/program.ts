import type { Atom, Formula } from './atoms.js';

export const MATCH = -1;
const MISS = -2;

/** Formulas as decision chains: each node asks one atom and names the node that follows either answer. */
export type Program = { atom: Int32Array; yes: Int32Array; no: Int32Array };

/** Lays out formulas one after the other; questions that cost little come first. */
export class ProgramBuilder {
  private readonly atom: number[] = [];
  private readonly yes: number[] = [];
  private readonly no: number[] = [];

  constructor(private readonly atoms: readonly Atom[]) {}

  /** @returns the node to begin with, or {@link MATCH} or {@link MISS} where nothing has to be asked */
  add(formula: Formula): number {
    return this.lay(formula, MATCH, MISS);
  }

  build(): Program {
    return { atom: Int32Array.from(this.atom), yes: Int32Array.from(this.yes), no: Int32Array.from(this.no) };
  }

  private lay(formula: Formula, yes: number, no: number): number {
    if (formula.kind === 'atom') {
      this.atom.push(formula.atom);
      this.yes.push(yes);
      this.no.push(no);
      return this.atom.length - 1;
    }
    if (formula.kind === 'not') return this.lay(formula.of, no, yes);
    const dearFirst = formula.of.toSorted((a, b) => this.costOf(b) - this.costOf(a));
    return formula.kind === 'and'
      ? dearFirst.reduce((after, one) => this.lay(one, after, no), yes)
      : dearFirst.reduce((after, one) => this.lay(one, yes, after), no);
  }

  private costOf(formula: Formula): number {
    if (formula.kind === 'atom') return this.atoms[formula.atom]!.cost;
    if (formula.kind === 'not') return this.costOf(formula.of);
    return formula.of.reduce((sum, one) => sum + this.costOf(one), 0);
  }
}
