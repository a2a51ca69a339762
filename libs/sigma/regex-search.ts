import { anyChar } from './char-set.js';
import { stepsPerCharacter } from './regex-cost.js';
import { compileMarks } from './regex-marks.js';
import { hasSurrogates, toNative } from './regex-native.js';
import { lengthOf, toSearch } from './regex-shape.js';
import type { Node } from './regex-syntax.js';

/** Up to so many steps for each character the runtime's own engine takes below 5 ms for 64 KB, whatever the text. */
const maxSteps = 50;
const longestText = 1 << 16;

const fromStart: Node[] = [
  { kind: 'edge', edge: 'textStart' },
  { kind: 'repeat', of: { kind: 'char', set: anyChar }, min: 0, max: Infinity, lazy: true },
];

const isCheap = (node: Node): boolean => stepsPerCharacter(node, longestText) <= maxSteps;

/** The cheap parts of a sequence, each as long as it can be; of a dear repeat it is a single time, of what else is dear none. */
function cheapParts(node: Node): Node[] {
  const parts: Node[][] = [[]];
  const add = (one: Node) => {
    const longer = [...parts.at(-1)!, one];
    const isAdded = isCheap(toSearch({ kind: 'sequence', of: longer }));
    if (isAdded) parts[parts.length - 1] = longer;
    return isAdded;
  };
  for (const one of node.kind === 'sequence' ? node.of : [node]) {
    if (add(one)) continue;
    const isOnce = one.kind === 'repeat' && one.min > 0 && add(one.of);
    parts.push([]);
    if (!isOnce) add(one);
  }
  return parts.map((of) => toSearch({ kind: 'sequence', of })).filter((part) => lengthOf(part).min > 0);
}

/**
 * Whether all cheap parts of an expression stand in a text, each after the one before: what every text has that matches,
 * since the first place of a part is not after its place in any match.
 */
function compileFilter(node: Node): (text: string) => boolean {
  const parts = cheapParts(node).map((part) => ({ native: toNative(part, 'g'), length: lengthOf(part).min }));
  return (text) => {
    let from = 0;
    for (const { native, length } of parts) {
      native.lastIndex = from;
      const found = native.exec(text);
      if (!found) return false;
      from = found.index + length;
    }
    return true;
  };
}

/**
 * A regular expression as a predicate that takes below 5 ms for 64 KB of any text: by the runtime's own engine where its
 * steps are bounded, by {@link compileMarks} of what has the cheap parts otherwise.
 * @throws Fault what would take longer
 */
export function compileSearch(node: Node): (text: string) => boolean {
  const search = toSearch(node);
  const { min } = lengthOf(search);
  if (isCheap(search)) {
    const native = toNative(search);
    // else it would begin between the halves of a code point, too
    const byPoints = toNative({ kind: 'sequence', of: [...fromStart, search] }, '', true);
    return (text) => (hasSurrogates(text) ? byPoints : native).test(text);
  }
  const marks = compileMarks(search);
  const passes = compileFilter(search);
  return (text) => text.length >= min && (hasSurrogates(text) || passes(text)) && marks(text);
}
