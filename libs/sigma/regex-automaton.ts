import { edgeStands, type Alphabet, type Side } from './regex-alphabet.js';
import type { Leaf, Program } from './regex-program.js';

/** What stands in the table where there is no state: not worked out yet, a match, or no match any more. */
export const unknown = -1;
export const matched = -2;
export const dead = -3;

/** A state of the deterministic automaton: steps of the program before their edges, and what was last taken. */
type State = { steps: readonly number[]; side: Side };

/** Cells of a table: 256 KB. */
const maxCells = 1 << 16;

/**
 * A program as a deterministic automaton whose states are made when a text first needs them. A state is a row of the
 * table, by the number of its first cell; the cell of a class holds the next state. The table is bounded: once it is
 * `full`, only {@link simulate} goes on.
 */
export class Automaton {
  table = new Int32Array(0);
  full = false;
  private states: State[] = [];
  private byKey = new Map<string, number>();
  private readonly seen: Int32Array;
  private readonly seenGroup: Int32Array;
  private readonly groupAt: Int32Array;
  private round = 0;
  private readonly injects = new Map<Side, boolean>();
  private readonly hopeless: boolean;

  constructor(
    private readonly program: Program,
    private readonly leaves: readonly Leaf[],
    private readonly alphabet: Alphabet,
  ) {
    this.seen = new Int32Array(program.steps.length);
    this.seenGroup = new Int32Array(leaves.length);
    this.groupAt = new Int32Array(leaves.length);
    const sides = [...new Set(alphabet.sides)];
    for (const side of sides)
      this.injects.set(
        side,
        sides.some((next) => this.begins(side, next)),
      );
    this.hopeless = (['other', 'word', 'newline'] as const).every((side) => !this.injects.get(side));
  }

  /** The state at the text's start, or at its end for a program that reads backward. */
  start(): number {
    return this.intern({ steps: [this.program.start], side: 'border' });
  }

  /** The state after a class of characters, worked out if it is not known yet; `unknown` once the table is full. */
  next(from: number, cls: number): number {
    const known = this.table[from + cls]!;
    if (known !== unknown) return known;
    const after = this.step(this.states[from / this.alphabet.size]!, cls);
    const found = typeof after === 'number' ? after : this.intern(after);
    this.table[from + cls] = found;
    return found;
  }

  /** Whether a text matches that goes on with some classes from a state: without the table, which stays as it is. */
  simulate(from: number, classes: Iterable<number>): boolean {
    let state = this.states[from / this.alphabet.size]!;
    for (const cls of classes) {
      const after = this.step(state, cls);
      if (typeof after === 'number') return after === matched;
      state = after;
    }
    return false;
  }

  /** Forgets all states, to make others. */
  clear(): void {
    this.full = false;
    this.states = [];
    this.byKey.clear();
    this.table.fill(unknown);
  }

  /** The leaves that take a class next from a state. */
  leavesTaking(from: number, cls: number): number[] {
    const { steps, side } = this.states[from / this.alphabet.size]!;
    return (this.reach(steps, side, cls) ?? []).flatMap((at) => {
      const step = this.program.steps[at]!;
      return step.op === 'leaf' && this.alphabet.takes[step.leaf]![cls] ? [step.leaf] : [];
    });
  }

  private begins(side: Side, next: Side): boolean {
    const reached = this.closure([this.program.start], side, next);
    return reached === null || reached.length > 0;
  }

  private reach(steps: readonly number[], side: Side, cls: number): number[] | null {
    return this.closure(steps, side, this.alphabet.sides[cls]!);
  }

  /** The leaves reached from steps without taking a character; null once the end is reached. */
  private closure(steps: readonly number[], side: Side, nextSide: Side): number[] | null {
    const { program, seen } = this;
    const [left, right] = program.backward ? [nextSide, side] : [side, nextSide];
    const round = ++this.round;
    const stack = [...steps];
    const found: number[] = [];
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (seen[at] === round) continue;
      seen[at] = round;
      const step = program.steps[at]!;
      if (step.op === 'done') return null;
      if (step.op === 'leaf') this.addLeaf(found, at, step.leaf);
      else if (step.op === 'split') for (const way of step.next) stack.push(way);
      else if (edgeStands(step.edge, left, right)) stack.push(step.next);
    }
    return found;
  }

  /** Adds a leaf unless one of its group is there that matches all it does; groups hold for reading forward only. */
  private addLeaf(found: number[], at: number, number: number): void {
    const { group, rank } = this.leaves[number]!;
    if (this.program.backward || this.seenGroup[group] !== this.round) {
      this.seenGroup[group] = this.round;
      this.groupAt[group] = found.push(at) - 1;
      return;
    }
    const place = this.groupAt[group]!;
    const other = this.program.steps[found[place]!]!;
    if (other.op === 'leaf' && rank < this.leaves[other.leaf]!.rank) found[place] = at;
  }

  private step({ steps, side }: State, cls: number): State | number {
    const { program, alphabet } = this;
    const reached = this.reach(steps, side, cls);
    if (reached === null) return matched;
    if (cls === alphabet.border) return dead;
    const next: number[] = [];
    const round = ++this.round;
    for (const at of reached) {
      const step = program.steps[at]!;
      if (step.op !== 'leaf' || !alphabet.takes[step.leaf]![cls] || this.seen[step.next] === round) continue;
      this.seen[step.next] = round;
      next.push(step.next);
    }
    const after = alphabet.sides[cls]!;
    if (next.length === 0 && this.hopeless && after !== 'lastNewline') return dead;
    if (this.injects.get(after) && this.seen[program.start] !== round) next.push(program.start);
    return { steps: next, side: after };
  }

  private intern({ steps, side }: State): number {
    const sorted = steps.toSorted((a, b) => a - b);
    const key = `${side} ${sorted.join()}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const { size } = this.alphabet;
    const state = this.states.length * size;
    if (state > 0 && state + size > maxCells) {
      this.full = true;
      return unknown;
    }
    this.states.push({ steps: sorted, side });
    this.byKey.set(key, state);
    if (state + size > this.table.length) {
      const table = new Int32Array(Math.max(8 * size, this.table.length * 2)).fill(unknown);
      table.set(this.table);
      this.table = table;
    }
    return state;
  }
}
