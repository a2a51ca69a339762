import type { Expression } from '#sigma/expression.js';
import { AtomTable, type Atom } from './atoms.js';
import type { EventView } from './event-view.js';
import { WHOLE_EVENT, type FieldTable } from './field-table.js';
import { MATCH, ProgramBuilder, type Program } from './program.js';
import type { Hits, Pattern } from './parts.js';
import { Scanner } from './scanner.js';
import { chooseWitnesses } from './witness.js';

/** Lists of numbers one behind the other: list `n` is `items` from `first[n]` to before `first[n + 1]`. */
type Lists = { first: Int32Array; items: Int32Array };

function listsOf(size: number, pairs: readonly (readonly [number, number])[]): Lists {
  const lists: number[][] = Array.from({ length: size }, () => []);
  for (const [list, item] of pairs) lists[list]!.push(item);
  const first = new Int32Array(size + 1);
  for (const [at, list] of lists.entries()) first[at + 1] = first[at]! + list.length;
  return { first, items: Int32Array.from(lists.flat()) };
}

/** How an atom is answered: by its check; by its gate and then the check; by its gate alone. */
const ASK = 0;
const OPEN_THEN_ASK = 1;
const OPEN_IS_YES = 2;

/** How the engine reads a slot: what to look for in its texts, and the atoms whose gate any text opens. */
type Reader = { scanner: Scanner | null; present: number[] };

/** Only atoms that watch for rules are looked for in every event; all others are asked when a rule wants to know. */
function readersOf(atoms: readonly Atom[], modes: Uint8Array, slots: number): (Reader | undefined)[] {
  const patterns: Pattern[][] = Array.from({ length: slots }, () => []);
  const present: number[][] = Array.from({ length: slots }, () => []);
  for (const [id, { slot, gate }] of atoms.entries()) {
    if (modes[id] === ASK) continue;
    if (gate === 'text') present[slot]!.push(id);
    else if (gate !== 'none') patterns[slot]!.push(...gate.map((part) => ({ ...part, id })));
  }
  return patterns.map((some, slot) => {
    if (some.length === 0 && present[slot]!.length === 0) return undefined;
    return { scanner: some.length > 0 ? new Scanner(some) : null, present: present[slot]! };
  });
}

/**
 * Finds which of some expressions hold for an event without trying everything: one pass over each field finds all texts that any rule looks
 * for, what was found names the few rules that can hold, and these are decided from the answers.
 */
export class RuleIndex implements Hits {
  /** Numbers of the expressions that hold: the first `foundCount`, in no order. */
  readonly found: Int32Array;
  foundCount = 0;
  private readonly atoms: readonly Atom[];
  private readonly readers: readonly (Reader | undefined)[];
  private readonly program: Program;
  /** By item: where its decision begins. */
  private readonly entry: Int32Array;
  /** By atom: the items that can hold once its gate is open. */
  private readonly watchers: Lists;
  /** By atom: how it is answered. */
  private readonly modes: Uint8Array;
  /** Items to try on every event. */
  private readonly always: readonly number[];
  /** By atom: the epoch in which its gate was open, in which it was asked, and the answer. */
  private readonly openAt: Int32Array;
  private readonly askedAt: Int32Array;
  private readonly answers: Uint8Array;
  private readonly triedAt: Int32Array;
  private readonly candidates: Int32Array;
  private candidateCount = 0;
  /** Whatever else is found may be another rule's. */
  readonly enough = false;

  constructor(
    private readonly view: EventView,
    fields: FieldTable,
    expressions: readonly Expression[],
  ) {
    const table = new AtomTable(fields);
    const formulas = expressions.map((expression) => table.formulaOf(expression));
    if (table.seeksSigma) view.seeksSigma = true;
    this.found = new Int32Array(expressions.length);
    this.atoms = table.atoms;
    const builder = new ProgramBuilder(table.atoms);
    this.entry = Int32Array.from(formulas, (formula) => builder.add(formula));
    this.program = builder.build();
    const witnesses = chooseWitnesses(formulas, table.atoms);
    const watching = witnesses.flatMap((set, item) => (set ?? []).map((atom) => [atom, item] as const));
    this.watchers = listsOf(table.atoms.length, watching);
    this.always = witnesses.flatMap((set, item) => (set === null ? [item] : []));
    this.modes = new Uint8Array(table.atoms.length);
    for (const [atom] of watching) this.modes[atom] = table.atoms[atom]!.whole ? OPEN_IS_YES : OPEN_THEN_ASK;
    this.readers = readersOf(table.atoms, this.modes, fields.size);
    this.openAt = new Int32Array(table.atoms.length);
    this.askedAt = new Int32Array(table.atoms.length);
    this.answers = new Uint8Array(table.atoms.length);
    this.triedAt = new Int32Array(expressions.length);
    this.candidates = new Int32Array(expressions.length);
  }

  /** Whether every event's texts are read, wherever they stand. */
  get readsWhole(): boolean {
    return this.readers[WHOLE_EVENT] !== undefined;
  }

  /** Decides for the event that the view looks at. */
  find(): void {
    this.candidateCount = 0;
    this.foundCount = 0;
    const { view, readers } = this;
    if (readers[WHOLE_EVENT] !== undefined) this.readWhole(readers[WHOLE_EVENT]);
    for (let at = 0; at < view.filledCount; at++) {
      const slot = view.filled[at]!;
      const reader = readers[slot];
      if (reader !== undefined) this.read(reader, slot);
    }
    for (let at = 0; at < this.always.length; at++) this.decide(this.always[at]!);
    for (let at = 0; at < this.candidateCount; at++) this.decide(this.candidates[at]!);
  }

  /** The gate of an atom is open. */
  hit(atom: number): void {
    const { epoch } = this.view;
    if (this.openAt[atom] === epoch) return;
    this.openAt[atom] = epoch;
    const { first, items } = this.watchers;
    for (let at = first[atom]!; at < first[atom + 1]!; at++) {
      const item = items[at]!;
      if (this.triedAt[item] === epoch) continue;
      this.triedAt[item] = epoch;
      this.candidates[this.candidateCount++] = item;
    }
  }

  private read({ scanner, present }: Reader, slot: number): void {
    for (let at = 0; at < present.length; at++) this.hit(present[at]!);
    if (scanner !== null) scanner.scan(this.view.folded(slot), this);
    const others = this.view.others(slot);
    if (scanner !== null && others !== null) for (const text of others) scanner.scan(this.view.fold(text), this);
  }

  private readWhole({ scanner, present }: Reader): void {
    const texts = this.view.wholeEvent();
    if (texts.length === 0) return;
    for (let at = 0; at < present.length; at++) this.hit(present[at]!);
    if (scanner === null) return;
    for (let at = 0; at < texts.length; at++) {
      const text = texts[at]!;
      if (text.length >= scanner.shortest) scanner.scan(this.view.fold(text), this);
    }
  }

  private decide(item: number): void {
    const { atom, yes, no } = this.program;
    let node = this.entry[item]!;
    while (node >= 0) node = this.answer(atom[node]!) ? yes[node]! : no[node]!;
    if (node === MATCH) this.found[this.foundCount++] = item;
  }

  private answer(id: number): boolean {
    const { epoch } = this.view;
    const mode = this.modes[id]!;
    if (mode !== ASK) {
      if (this.openAt[id] !== epoch) return false;
      if (mode === OPEN_IS_YES) return true;
    }
    if (this.askedAt[id] !== epoch) {
      this.askedAt[id] = epoch;
      const { check, slot } = this.atoms[id]!;
      this.answers[id] = check(this.view, slot) ? 1 : 0;
    }
    return this.answers[id] === 1;
  }
}
