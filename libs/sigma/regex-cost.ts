import { anyChar, toSet, type CharSet } from './char-set.js';
import { isCounted } from './regex-native.js';
import { lengthOf } from './regex-shape.js';
import type { Node } from './regex-syntax.js';

type Repeat = Extract<Node, { kind: 'repeat' }>;

/**
 * How many ways through the part read so far a search tries: for each character of the text on average (`ways`) and at most
 * for ways from the same beginning (`each`) or to the same end (`most`). `behind` are sets of the characters before that end,
 * the last one first.
 */
type Reached = { ways: number; each: number; most: number; behind: CharSet[] };

const maxBehind = 32;
/** Parts that a count may look at, repeats written out. */
const maxParts = 2_000;
const maxWays = 1e100;

const meets = (a: CharSet, b: CharSet): boolean => {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i + 1]! < b[j]!) i += 2;
    else if (b[j + 1]! < a[i]!) j += 2;
    else return true;
  }
  return false;
};

const union = (sets: CharSet[]) => toSet(sets.flat());

/** What the first character of a part can be, where it takes one. */
function beginOf(node: Node): CharSet {
  if (node.kind === 'char') return node.set;
  if (node.kind === 'edge') return [];
  if (node.kind === 'repeat') return node.max === 0 ? [] : beginOf(node.of);
  return node.kind === 'choice' ? union(node.of.map(beginOf)) : firstOf(node.of, []);
}

/** What the first character of some parts in a row can be; `after` them where they may take none. */
function firstOf(parts: readonly Node[], after: CharSet): CharSet {
  const taking = parts.findIndex((part) => lengthOf(part).min > 0);
  const reached = taking < 0 ? parts : parts.slice(0, taking + 1);
  return union([...reached.map(beginOf), taking < 0 ? after : []]);
}

/** How many characters after each other at least two beginnings of such texts are apart: 4 for `http`, 1 for `aaa`. */
function periodOf(sets: readonly CharSet[]): number {
  for (let shift = 1; shift < sets.length; shift++)
    if (sets.slice(shift).every((set, at) => meets(set, sets[at]!))) return shift;
  return Math.max(1, sets.length);
}

function afterChar(set: CharSet, from: Reached): Reached {
  const behind = [set, ...from.behind.slice(0, maxBehind)];
  return { ...from, ways: Math.min(from.ways, from.most / periodOf(behind)), behind };
}

/** What comes next; anything where the expression may end before it. */
const next = (parts: readonly Node[]) => firstOf(parts, anyChar);

class Count {
  steps = 0;
  private parts = 0;

  constructor(private readonly length: number) {}

  read(node: Node, from: Reached, rest: readonly Node[]): Reached {
    if (++this.parts > maxParts || from.each > maxWays) this.steps = Infinity;
    if (this.steps === Infinity) return from;
    if (node.kind === 'edge') return from;
    if (node.kind === 'char') {
      this.steps += from.ways;
      return afterChar(node.set, from);
    }
    if (node.kind === 'sequence') {
      return node.of.reduce((at, one, place) => this.read(one, at, [...node.of.slice(place + 1), ...rest]), from);
    }
    if (node.kind === 'choice') {
      return this.join(
        node.of.map((one) => this.read(one, from, rest)),
        from,
        disjoint(node.of.map((one) => next([one, ...rest]))),
      );
    }
    return node.of.kind === 'char' ? this.readRun(node, node.of.set, from, rest) : this.readGroups(node, from, rest);
  }

  /** What several alternatives reach; of those that `exclude` each other, no more than one goes on from a place. */
  private join(ends: Reached[], from: Reached, exclude: boolean): Reached {
    const sum = (kind: 'ways' | 'each' | 'most') => ends.reduce((total, end) => total + end[kind], 0);
    const most = sum('most');
    const each = exclude ? Math.max(...ends.map((end) => end.each)) : sum('each');
    const depth = Math.min(...ends.map((end) => end.behind.length));
    const behind = Array.from({ length: depth }, (_, at) => union(ends.map((end) => end.behind[at]!)));
    this.steps += from.ways;
    return { ways: Math.min(sum('ways'), (from.ways * each) / from.each, most), each, most, behind };
  }

  /**
   * Characters of one set. Where the set lacks the character that stands `k` before, ways begin in at most `k` places of
   * each stretch of such characters, so that all of them together pass the text at most `k` times. Where the next
   * character is not of the set, a way goes on from the end of the stretch only.
   */
  private readRun(node: Repeat, set: CharSet, from: Reached, rest: readonly Node[]): Reached {
    const { min, max } = node;
    const most = Math.max(min, Math.min(max, this.length));
    const apart = from.behind.findIndex((one) => !meets(one, set)) + 1 || Infinity;
    // what a step costs: the engine comes back to what may be missing, and counts slowly
    const there = isCounted(node) ? 4 : min < max && max !== Infinity ? 2 : 1;
    this.steps += from.ways + (there + 1) * Math.min(from.ways * most, from.most * apart);
    const ends = meets(next(rest), set) ? most - min + 1 : 1;
    const together = from.most * Math.min(most - min + 1, apart);
    const before = min === 0 ? [union([set, ...from.behind.slice(0, 1)])] : [set];
    const behind = min > 0 || from.behind.length > 0 ? before : [];
    const taken = Array.from({ length: Math.min(min, maxBehind) - 1 }, () => set);
    return {
      ways: Math.min(from.ways * ends, together),
      each: from.each * ends,
      most: together,
      behind: [...taken, ...behind],
    };
  }

  private readGroups(node: Repeat, from: Reached, rest: readonly Node[]): Reached {
    const { of, min, max } = node;
    if (max === Infinity || lengthOf(of).min === 0) this.steps = Infinity;
    const ends: Reached[] = min === 0 ? [from] : [];
    let at = from;
    for (let copy = 1; copy <= max && this.steps !== Infinity; copy++) {
      at = this.read(of, at, [{ ...node, min: Math.max(0, min - copy), max: max - copy }, ...rest]);
      if (copy >= min) ends.push(at);
    }
    if (ends.length === 0) return from;
    return this.join(ends, from, ends.length === 1 || !meets(beginOf(of), next(rest)));
  }
}

const disjoint = (sets: CharSet[]) => sets.every((set, at) => sets.slice(at + 1).every((other) => !meets(set, other)));

/**
 * How many steps a search that tries one way after another takes at most for each character of a text; Infinity when
 * no bound is known. Counted is every way through every part from every character on.
 * @param node as {@link toSearch} gives it
 * @param length of the longest text
 */
export function stepsPerCharacter(node: Node, length: number): number {
  const parts = node.kind === 'sequence' ? node.of : [node];
  const count = new Count(length);
  const anchored = parts[0]?.kind === 'edge' && parts[0].edge === 'textStart';
  let at: Reached = { ways: anchored ? 1 / length : 1, each: 1, most: 1, behind: [] };
  parts.forEach((part, place) => {
    at = count.read(part, at, parts.slice(place + 1));
  });
  return count.steps;
}
