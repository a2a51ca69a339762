import { escapes, has, type CharSet } from './char-set.js';
import { Fault } from './fault.js';
import type { Edge } from './regex-syntax.js';

/** What an edge asks of the character on either side; `border` is beyond the text's start and end. */
export type Side = 'other' | 'word' | 'newline' | 'lastNewline' | 'border';

/** The classes of characters that a regular expression does not tell apart, by number. */
export type Alphabet = {
  size: number;
  /** The class of each code point below 256. */
  latin: Uint16Array;
  classOf: (point: number) => number;
  /** The classes of a line end that ends the text and of the text's own border. */
  lastNewline: number;
  border: number;
  /** What each class is to an edge; `other` throughout where the expression has none. */
  sides: Side[];
  /** Whether a leaf takes a class: [leaf][class]. */
  takes: boolean[][];
};

const maxWork = 500_000;

const isNewline = (side: Side) => side === 'newline' || side === 'lastNewline';

/** Whether an edge stands between two characters, as in PCRE: with m, `^` does not stand after the text's last line end. */
export function edgeStands(edge: Edge, left: Side, right: Side): boolean {
  switch (edge) {
    case 'textStart':
      return left === 'border';
    case 'textEnd':
      return right === 'border';
    case 'finalLine':
      return right === 'border' || right === 'lastNewline';
    case 'lineStart':
      return left === 'border' || (isNewline(left) && right !== 'border');
    case 'lineEnd':
      return right === 'border' || isNewline(right);
    default:
      return ((left === 'word') !== (right === 'word')) === (edge === 'boundary');
  }
}

/** Each different set once, and which of them each leaf has. */
function distinctSets(leaves: readonly CharSet[]): { sets: CharSet[]; setOf: number[] } {
  const numbers = new Map<string, number>();
  const sets: CharSet[] = [];
  const setOf = leaves.map((set) => {
    const key = set.join();
    const number = numbers.get(key) ?? sets.push(set) - 1;
    numbers.set(key, number);
    return number;
  });
  return { sets, setOf };
}

/** Where some set begins or ends, in order. */
function boundsOf(sets: readonly CharSet[]): number[] {
  const bounds = new Set([0]);
  for (const set of sets) for (let at = 0; at < set.length; at += 2) bounds.add(set[at]!).add(set[at + 1]! + 1);
  return [...bounds].sort((a, b) => a - b);
}

/** The last stretch that begins at or before a code point. */
function stretchOf(bounds: readonly number[], point: number): number {
  let low = 0;
  let high = bounds.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! <= point) low = middle;
    else high = middle;
  }
  return low;
}

/** @throws Fault too many different classes */
export function toAlphabet(leaves: readonly CharSet[], hasEdges: boolean): Alphabet {
  const { sets, setOf } = distinctSets(leaves);
  const word = escapes.w!;
  const bounds = boundsOf([...sets, [10, 10], ...(hasEdges ? [word] : [])]);
  if (bounds.length * sets.length > maxWork) {
    throw new Fault(
      'the regular expression has too many different classes of characters; split it into several values',
    );
  }
  const numbers = new Map<string, number>();
  const samples: number[] = [];
  const classes = bounds.map((point) => {
    const kind = point === 10 ? 'newline' : hasEdges && has(word, point) ? 'word' : 'other';
    const key = kind + sets.map((set) => Number(has(set, point))).join('');
    const number = numbers.get(key) ?? samples.push(point) - 1;
    numbers.set(key, number);
    return number;
  });
  const classOf = (point: number) => classes[stretchOf(bounds, point)]!;
  const lastNewline = samples.push(10) - 1;
  const sides = samples.map((point): Side =>
    !hasEdges ? 'other' : point === 10 ? 'newline' : has(word, point) ? 'word' : 'other',
  );
  if (hasEdges) sides[lastNewline] = 'lastNewline';
  const rows = sets.map((set) => [...samples.map((point) => has(set, point)), false]);
  return {
    size: samples.length + 1,
    latin: Uint16Array.from({ length: 256 }, (_, point) => classOf(point)),
    classOf,
    lastNewline,
    border: samples.length,
    sides: [...sides, 'border'],
    takes: setOf.map((number) => rows[number]!),
  };
}
