import { edgeStands, type Alphabet, type Side } from './regex-alphabet.js';
import type { Leaf, Program } from './regex-program.js';

/** What stands in the table where there is no state: not worked out yet, a match, or no match any more. */
export const unknown = -1;
export const matched = -2;
const dead = -3;

/** A state of the deterministic automaton: steps of the program before their edges, and what was last taken. */
type State = { steps: readonly number[]; side: Side };

/** The leaves reached from each step; null where the end is reached, undefined where not worked out yet. */
type Closures = (readonly number[] | null | undefined)[];

/** Cells of a table: 256 KB. */
const maxCells = 1 << 16;
/** Steps in the states of a table. */
const maxSteps = 50_000;
/** Leaves in the closures that are kept. */
const maxClosures = 200_000;

/**
 * A program as a deterministic automaton whose states are made when a text first needs them. A state is a row of the
 * table, by the number of its first cell; the cell of a class holds the next state. The table is bounded: once it is
 * `full`, only {@link simulate} goes on.
 */
export class Automaton {
  table = new Int32Array(0);
  full = false;
  private states: State[] = [];
  private stepsHeld = 0;
  private byKey = new Map<string, number>();
  private round = 0;
  private readonly seenStep: Int32Array;
  private readonly seenGroup: Int32Array;
  private readonly placeInGroup: Int32Array;
  /** By leaf: the step after it, and what {@link Leaf} says; groups hold for reading forward only. */
  private readonly after: Int32Array;
  private readonly group: Int32Array;
  private readonly rank: Int32Array;
  /** The leaves reached from a step, by the sides around it. */
  private readonly closures = new Map<string, Closures>();
  private closuresSize = 0;
  private readonly begins = new Map<Side, boolean>();
  private readonly beginsInside: boolean;

  constructor(
    private readonly program: Program,
    leaves: readonly Leaf[],
    private readonly alphabet: Alphabet,
  ) {
    const { steps, backward } = program;
    this.seenStep = new Int32Array(steps.length);
    this.seenGroup = new Int32Array(leaves.length);
    this.placeInGroup = new Int32Array(leaves.length);
    this.after = new Int32Array(leaves.length);
    for (const step of steps) if (step.op === 'leaf') this.after[step.leaf] = step.next;
    this.group = Int32Array.from(leaves, (leaf, at) => (backward ? at : leaf.group));
    this.rank = Int32Array.from(leaves, (leaf) => leaf.rank);
    const sides = new Set(alphabet.sides);
    const canBegin = (side: Side, next: Side) => this.closure(program.start, side, next)?.length !== 0;
    for (const side of sides)
      this.begins.set(
        side,
        [...sides].some((next) => canBegin(side, next)),
      );
    this.beginsInside = (['other', 'word', 'newline'] as const).some((side) => this.begins.get(side));
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
    this.stepsHeld = 0;
    this.states = [];
    this.byKey.clear();
    this.table.fill(unknown);
  }

  /** The leaves that take a class next from a state; null where a match has ended before it. */
  leavesTaking(from: number, cls: number): number[] | null {
    return this.taking(this.states[from / this.alphabet.size]!, cls);
  }

  private taking({ steps, side }: State, cls: number): number[] | null {
    const { takes, sides } = this.alphabet;
    const found: number[] = [];
    const round = ++this.round;
    const nextSide = sides[cls]!;
    const closures = this.closuresBetween(side, nextSide);
    for (const at of steps) {
      const known = closures[at];
      const leaves = known === undefined ? this.keepClosure(closures, at, [side, nextSide]) : known;
      if (leaves === null) return null;
      for (const leaf of leaves) {
        if (!takes[leaf]![cls]) continue;
        const group = this.group[leaf]!;
        if (this.seenGroup[group] !== round) {
          this.seenGroup[group] = round;
          this.placeInGroup[group] = found.push(leaf) - 1;
        } else {
          const place = this.placeInGroup[group]!;
          if (this.rank[leaf]! < this.rank[found[place]!]!) found[place] = leaf;
        }
      }
    }
    return found;
  }

  private closuresBetween(side: Side, nextSide: Side): Closures {
    const key = `${side} ${nextSide}`;
    const known = this.closures.get(key);
    if (known) return known;
    const closures: Closures = Array.from({ length: this.program.steps.length });
    this.closures.set(key, closures);
    return closures;
  }

  private keepClosure(closures: Closures, at: number, [side, nextSide]: [Side, Side]): readonly number[] | null {
    const leaves = this.closure(at, side, nextSide);
    this.closuresSize += leaves?.length ?? 0;
    if (this.closuresSize <= maxClosures) closures[at] = leaves;
    return leaves;
  }

  /** The leaves reached from a step without taking a character; null once the end is reached. */
  private closure(from: number, side: Side, nextSide: Side): readonly number[] | null {
    const { program } = this;
    const [left, right] = program.backward ? [nextSide, side] : [side, nextSide];
    const seen = new Set<number>();
    const stack = [from];
    const leaves: number[] = [];
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (seen.has(at)) continue;
      seen.add(at);
      const step = program.steps[at]!;
      if (step.op === 'done') return null;
      if (step.op === 'leaf') leaves.push(step.leaf);
      else if (step.op === 'split') for (const way of step.next) stack.push(way);
      else if (edgeStands(step.edge, left, right)) stack.push(step.next);
    }
    return leaves;
  }

  private step(state: State, cls: number): State | number {
    const { program, alphabet, seenStep } = this;
    const leaves = this.taking(state, cls);
    if (leaves === null) return matched;
    if (cls === alphabet.border) return dead;
    const steps: number[] = [];
    const { round } = this;
    const add = (at: number) => {
      if (seenStep[at] === round) return;
      seenStep[at] = round;
      steps.push(at);
    };
    for (const leaf of leaves) add(this.after[leaf]!);
    const side = alphabet.sides[cls]!;
    if (steps.length === 0 && !this.beginsInside && side !== 'lastNewline') return dead;
    if (this.begins.get(side)) add(program.start);
    return { steps, side };
  }

  private intern({ steps, side }: State): number {
    const sorted = steps.toSorted((a, b) => a - b);
    const key = `${side} ${sorted.join()}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const { size } = this.alphabet;
    const state = this.states.length * size;
    this.stepsHeld += steps.length;
    if (state > 0 && (state + size > maxCells || this.stepsHeld > maxSteps)) {
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
