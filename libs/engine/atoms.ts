import type { Expression, Item, Test } from '#sigma/expression.js';
import { networksQuestion, partsQuestion, questionOf, type Question } from './checks.js';
import type { FieldTable } from './field-table.js';
import type { Part } from './parts.js';

/** A question about one slot that any number of rules may ask; it is answered once for each event. */
export type Atom = Question & { slot: number };

/** A rule as a formula over numbered atoms. */
export type Formula =
  | { kind: 'atom'; atom: number }
  | { kind: 'and' | 'or'; of: Formula[] }
  | { kind: 'not'; of: Formula };

type Single = Exclude<Test, { op: 'any' }>;

const flatten = (tests: readonly Test[]): Single[] =>
  tests.flatMap((test) => (test.op === 'any' ? flatten(test.of) : [test]));

/** The atoms of a set of rules: equal questions are one atom. */
export class AtomTable {
  readonly atoms: Atom[] = [];
  /** Whether one of them looks for a Greek sigma. */
  seeksSigma = false;
  private readonly known = new Map<string, number>();

  constructor(private readonly fields: FieldTable) {}

  formulaOf(expression: Expression): Formula {
    if (expression.kind === 'item') return this.ofItem(expression);
    if (expression.kind === 'not') return { kind: 'not', of: this.formulaOf(expression.of) };
    return { kind: expression.kind, of: expression.of.map((one) => this.formulaOf(one)) };
  }

  private ofItem({ field, tests, every }: Item): Formula {
    const slot = this.fields.slot(field);
    if (!every) return this.anyOf(slot, flatten(tests));
    return { kind: 'and', of: tests.map((test) => this.anyOf(slot, flatten([test]))) };
  }

  /** Texts that are answered by finding them become one atom, whatever their number, and so do networks. */
  private anyOf(slot: number, tests: readonly Single[]): Formula {
    const parts: Part[] = [];
    const networks: string[] = [];
    const of: Formula[] = [];
    for (const test of tests) {
      const question = questionOf(test, (name) => this.fields.slot(name));
      if (test.op === 'cidr') networks.push(test.range);
      else if (question.whole && question.gate !== 'text' && question.gate !== 'none') parts.push(...question.gate);
      else of.push(this.atom(slot, JSON.stringify(test), question));
    }
    if (networks.length > 0) of.unshift(this.atom(slot, `in ${networks.join()}`, networksQuestion(networks)));
    if (parts.length > 0) of.unshift(this.atom(slot, JSON.stringify(parts), partsQuestion(parts)));
    return of.length === 1 ? of[0]! : { kind: 'or', of };
  }

  private atom(slot: number, text: string, question: Question): Formula {
    const key = `${slot} ${text}`;
    const known = this.known.get(key);
    if (known !== undefined) return { kind: 'atom', atom: known };
    const atom = this.atoms.length;
    this.known.set(key, atom);
    if (/[Σσς]/.test(text)) this.seeksSigma = true;
    this.atoms.push({ slot, ...question });
    return { kind: 'atom', atom };
  }
}
