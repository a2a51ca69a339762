import { Fault } from './fault.js';
import type { CharSet } from './char-set.js';
import type { Edge, Node } from './regex-syntax.js';

/** A regular expression with its repeats written out; a `leaf` takes one character, `upTo` the first few of its parts. */
type Tree =
  | { kind: 'leaf'; leaf: number }
  | { kind: 'edge'; edge: Edge }
  | { kind: 'sequence' | 'choice' | 'upTo'; of: Tree[] }
  | { kind: 'loop'; of: Tree; optional: boolean };

type Loop = Extract<Tree, { kind: 'loop' }>;

/** A step of a program: take a character of the leaf's set, pass an edge, try several ways, or be done. */
export type Step =
  | { op: 'leaf'; leaf: number; next: number }
  | { op: 'edge'; edge: Edge; next: number }
  | { op: 'split'; next: number[] }
  | { op: 'done' };

/** The steps of a nondeterministic automaton; step 0 is the end. Leaves have the same numbers in both directions. */
export type Program = { steps: Step[]; start: number; backward: boolean };

/**
 * A character that a program takes. Of the copies of one leaf (`group`) that {n,} and {n,m} write out, the one of the
 * lowest rank matches whatever follows the others: it alone is kept. Exact repeats have groups of one.
 */
export type Leaf = { set: CharSet; group: number; rank: number };

/** Steps of one expression after its repeats are written out: what bounds the work for each character. */
const maxSize = 2000;

function sizeOf(node: Node): number {
  if (node.kind === 'char' || node.kind === 'edge') return 1;
  if (node.kind === 'repeat') return 1 + sizeOf(node.of) * Math.max(1, node.max === Infinity ? node.min : node.max);
  return node.of.reduce((sum, one) => sum + sizeOf(one), 1);
}

/** Copies of a part; `rankOf` ranks them among each other. */
function copies(node: Node, leaves: Leaf[], count: number, rankOf?: (copy: number) => number): Tree[] {
  const base = leaves.length;
  return Array.from({ length: count }, (_, copy) => {
    const from = leaves.length;
    const tree = writeOut(node, leaves);
    if (rankOf) leaves.slice(from).forEach((leaf, at) => Object.assign(leaf, { group: base + at, rank: rankOf(copy) }));
    return tree;
  });
}

function writeOut(node: Node, leaves: Leaf[]): Tree {
  if (node.kind === 'edge') return node;
  if (node.kind === 'char')
    return { kind: 'leaf', leaf: leaves.push({ set: node.set, group: leaves.length, rank: 0 }) - 1 };
  if (node.kind !== 'repeat') return { kind: node.kind, of: node.of.map((one) => writeOut(one, leaves)) };
  const { of, min, max } = node;
  if (max === Infinity) {
    const all = copies(of, leaves, Math.max(1, min), (copy) => -copy);
    return { kind: 'sequence', of: [...all.slice(0, -1), { kind: 'loop', of: all.at(-1)!, optional: min === 0 }] };
  }
  const least = copies(of, leaves, min);
  const more: Tree = { kind: 'upTo', of: copies(of, leaves, max - min, (copy) => copy) };
  return { kind: 'sequence', of: [...least, more] };
}

/** The program of a tree, laid out from its end; backward it reads texts from their end. */
function layOut(tree: Tree, backward: boolean): Program {
  const steps: Step[] = [{ op: 'done' }];
  const add = (step: Step) => steps.push(step) - 1;
  const lay = (node: Tree, next: number): number => {
    if (node.kind === 'leaf') return add({ op: 'leaf', leaf: node.leaf, next });
    if (node.kind === 'edge') return add({ op: 'edge', edge: node.edge, next });
    if (node.kind === 'loop') return layLoop(node, next);
    if (node.kind === 'upTo') return layUpTo(node.of, next);
    if (node.kind === 'choice') return add({ op: 'split', next: node.of.map((one) => lay(one, next)) });
    const order = backward ? node.of : node.of.toReversed();
    return order.reduce((after, one) => lay(one, after), next);
  };
  const layUpTo = (parts: Tree[], next: number): number => {
    if (!backward) return parts.reduceRight((after, one) => add({ op: 'split', next: [lay(one, after), next] }), next);
    const ways = [next];
    for (const one of parts) ways.push(lay(one, ways.at(-1)!));
    return add({ op: 'split', next: ways });
  };
  const layLoop = (node: Loop, next: number): number => {
    const ways = [next];
    const loop = add({ op: 'split', next: ways });
    const body = lay(node.of, loop);
    ways.push(body);
    return node.optional ? loop : body;
  };
  const start = lay(tree, 0);
  return { steps, start, backward };
}

/**
 * Both programs of a regular expression and the sets of their leaves.
 * @throws Fault over {@link maxSize} steps
 */
export function toPrograms(node: Node): { leaves: Leaf[]; forward: Program; backward: Program } {
  if (sizeOf(node) > maxSize) {
    throw new Fault(
      `the regular expression is too large (over ${maxSize} steps with its repeats written out); ` +
        'lower the numbers in {...} or split it into several values',
    );
  }
  const leaves: Leaf[] = [];
  const tree = writeOut(node, leaves);
  return { leaves, forward: layOut(tree, false), backward: layOut(tree, true) };
}
