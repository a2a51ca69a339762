import { toSet } from './char-set.js';
import type { Node } from './regex-syntax.js';

type Repeat = Extract<Node, { kind: 'repeat' }>;

const nothing: Node = { kind: 'sequence', of: [] };

/** The fewest and the most characters that a part takes. */
export function lengthOf(node: Node): { min: number; max: number } {
  if (node.kind === 'char') return { min: 1, max: 1 };
  if (node.kind === 'edge') return { min: 0, max: 0 };
  if (node.kind === 'repeat') {
    const { min, max } = lengthOf(node.of);
    return { min: min * node.min, max: max === 0 ? 0 : max * node.max };
  }
  const parts = node.of.map(lengthOf);
  const sum = (bound: 'min' | 'max') => parts.reduce((total, part) => total + part[bound], 0);
  if (node.kind === 'sequence') return { min: sum('min'), max: sum('max') };
  return { min: Math.min(...parts.map((it) => it.min)), max: Math.max(...parts.map((it) => it.max)) };
}

function simplifyRepeat(node: Repeat, of: Node): Node {
  if (lengthOf(of).max === 0) return node.min === 0 ? nothing : of;
  // (X+)* is X*, and so on
  if (of.kind === 'repeat' && of.min <= 1 && (of.max === Infinity || node.max === Infinity)) {
    return { ...of, min: node.min * of.min, max: Infinity };
  }
  return node.min === 1 && node.max === 1 ? of : { ...node, of };
}

/** The same without captures: characters of a choice as a class, sequences flat, `X{1}` as X, `(X+)*` as `X*`. */
function simplify(node: Node): Node {
  if (node.kind === 'char' || node.kind === 'edge') return node;
  if (node.kind === 'repeat') return node.max === 0 ? nothing : simplifyRepeat(node, simplify(node.of));
  const parts = node.of.map(simplify);
  if (node.kind === 'choice') {
    const chars = parts.flatMap((part) => (part.kind === 'char' ? part.set : []));
    const others = parts.filter((part) => part.kind !== 'char');
    if (others.length === parts.length) return { kind: 'choice', of: parts };
    const one: Node = { kind: 'char', set: toSet(chars) };
    return others.length === 0 ? one : { kind: 'choice', of: [one, ...others] };
  }
  const flat = parts.flatMap((part) => (part.kind === 'sequence' ? part.of : [part]));
  return flat.length === 1 ? flat[0]! : { kind: 'sequence', of: flat };
}

/** Without what a search need not take at an end: where `a*b` is found `b` is, and where `b` is found `a*b` is. */
function trimEnd(node: Node, end: 'first' | 'last'): Node {
  if (node.kind === 'choice') return { kind: 'choice', of: node.of.map((one) => trimEnd(one, end)) };
  if (node.kind === 'repeat') {
    if (node.min === 0) return nothing;
    return node.min === 1 ? trimEnd(node.of, end) : { ...node, max: node.min };
  }
  if (node.kind !== 'sequence') return node;
  const of = [...node.of];
  while (of.length > 0) {
    const trimmed = trimEnd(end === 'first' ? of.shift()! : of.pop()!, end);
    if (trimmed.kind === 'sequence' && trimmed.of.length === 0) continue;
    of.splice(end === 'first' ? 0 : of.length, 0, trimmed);
    break;
  }
  return { kind: 'sequence', of };
}

/** What is found in the same texts as a regular expression, and sooner. */
export const toSearch = (node: Node): Node => simplify(trimEnd(trimEnd(simplify(node), 'first'), 'last'));
