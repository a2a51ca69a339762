import { has, type CharSet } from './char-set.js';
import { Fault } from './fault.js';

/** The classes of characters that some sets do not tell apart, by number. */
export type Alphabet = {
  size: number;
  /** The class of each code point below 256. */
  latin: Uint16Array;
  classOf: (point: number) => number;
  /** Of each set: the classes in it, or (`inverted`) the ones that are not, whichever are fewer. */
  members: { classes: number[]; inverted: boolean }[];
};

const maxWork = 500_000;

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

function membersOf(set: CharSet, samples: readonly number[]): { classes: number[]; inverted: boolean } {
  const all = samples.map((_, cls) => cls);
  const inside = all.filter((cls) => has(set, samples[cls]!));
  if (2 * inside.length <= all.length) return { classes: inside, inverted: false };
  return { classes: all.filter((cls) => !has(set, samples[cls]!)), inverted: true };
}

/**
 * @param sets each different from the others
 * @throws Fault too many different classes
 */
export function toAlphabet(sets: readonly CharSet[]): Alphabet {
  const bounds = boundsOf(sets);
  if (bounds.length * sets.length > maxWork) {
    throw new Fault(
      'the regular expression has too many different classes of characters; split it into several values',
    );
  }
  const numbers = new Map<string, number>();
  const samples: number[] = [];
  const classes = bounds.map((point) => {
    const key = sets.map((set) => Number(has(set, point))).join('');
    const number = numbers.get(key) ?? samples.push(point) - 1;
    numbers.set(key, number);
    return number;
  });
  const classOf = (point: number) => classes[stretchOf(bounds, point)]!;
  let basic: Uint16Array | undefined;
  const inBasic = (point: number) => {
    if (!basic) {
      basic = new Uint16Array(0x10000);
      for (const [at, bound] of bounds.entries()) basic.fill(classes[at]!, bound, bounds[at + 1]);
    }
    return basic[point]!;
  };
  return {
    size: samples.length,
    latin: Uint16Array.from({ length: 256 }, (_, point) => classOf(point)),
    classOf: (point) => (point > 0xffff ? classOf(point) : inBasic(point)),
    members: sets.map((set) => membersOf(set, samples)),
  };
}
