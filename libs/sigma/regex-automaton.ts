import { edgeStands, type Alphabet, type Side } from './regex-alphabet.js';
import type { Program } from './regex-program.js';

/** What stands in the table where there is no state: not worked out yet, a match, or no match any more. */
export const unknown = -1;
export const matched = -2;
export const dead = -3;

/** A state of the deterministic automaton: steps of the program before their edges, and what was last taken. */
type State = { steps: readonly number[]; side: Side };

const maxCells = 1 << 16;

/**
 * A program as a deterministic automaton whose states are made when a text first needs them. A state is a row of the
 * table, by the number of its first cell; the cell of a class holds the next state. Once the table is full it starts
 * anew, so memory is bounded and the worst text costs one pass over the program for each of its characters.
 */
export class Automaton {
  table = new Int32Array(0);
  /** How often the table was full. */
  overflows = 0;
  private states: State[] = [];
  private byKey = new Map<string, number>();
  private readonly seen: Int32Array;
  private round = 0;
  private readonly injects = new Map<Side, boolean>();
  private readonly hopeless: boolean;

  constructor(
    private readonly program: Program,
    private readonly alphabet: Alphabet,
  ) {
    this.seen = new Int32Array(program.steps.length);
    const sides = [...new Set(alphabet.sides)];
    for (const side of sides) this.injects.set(side, sides.some((next) => this.begins(side, next)));
    this.hopeless = (['other', 'word', 'newline'] as const).every((side) => !this.injects.get(side));
  }

  /** The state at the text's start, or at its end for a program that reads backward. */
  start(): number {
    return this.intern([this.program.start], 'border');
  }

  /** The state after a class of characters, worked out if it is not known yet. */
  next(from: number, cls: number): number {
    const known = this.table[from + cls]!;
    if (known !== unknown) return known;
    const { steps, side } = this.states[from / this.alphabet.size]!;
    const reached = this.reach(steps, side, cls);
    const { overflows } = this;
    const found = reached === null ? matched : this.after(reached, cls);
    if (overflows === this.overflows) this.table[from + cls] = found;
    return found;
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
    const leaves: number[] = [];
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (seen[at] === round) continue;
      seen[at] = round;
      const step = program.steps[at]!;
      if (step.op === 'done') return null;
      if (step.op === 'leaf') leaves.push(at);
      else if (step.op === 'split') for (const way of step.next) stack.push(way);
      else if (edgeStands(step.edge, left, right)) stack.push(step.next);
    }
    return leaves;
  }

  private after(leaves: readonly number[], cls: number): number {
    const { program, alphabet } = this;
    if (cls === alphabet.border) return dead;
    const side = alphabet.sides[cls]!;
    const next = new Set<number>();
    for (const at of leaves) {
      const step = program.steps[at]!;
      if (step.op === 'leaf' && alphabet.takes[step.leaf]![cls]) next.add(step.next);
    }
    if (next.size === 0 && this.hopeless && side !== 'lastNewline') return dead;
    if (this.injects.get(side)) next.add(program.start);
    return this.intern([...next].sort((a, b) => a - b), side);
  }

  private intern(steps: readonly number[], side: Side): number {
    const key = `${side} ${steps.join()}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const { size } = this.alphabet;
    if (this.states.length > 0 && (this.states.length + 1) * size > maxCells) {
      this.overflows++;
      this.states = [];
      this.byKey.clear();
      this.table.fill(unknown);
    }
    const state = this.states.length * size;
    this.states.push({ steps, side });
    this.byKey.set(key, state);
    if (state + size > this.table.length) {
      const table = new Int32Array(Math.max(8 * size, this.table.length * 2)).fill(unknown);
      table.set(this.table);
      this.table = table;
    }
    return state;
  }
}
