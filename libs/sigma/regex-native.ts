import type { CharSet } from './char-set.js';
import type { Edge, Node } from './regex-syntax.js';

type Repeat = Extract<Node, { kind: 'repeat' }>;

const edges: Readonly<Record<Edge, string>> = {
  textStart: '^',
  textEnd: '$',
  finalLine: '(?=\\n?$)',
  lineStart: '(?:^|(?<=\\n)(?!$))',
  lineEnd: '(?=\\n|$)',
  boundary: '\\b',
  noBoundary: '\\B',
};

function writePoint(point: number, unicode: boolean): string {
  const hex = point.toString(16);
  return unicode ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}

function writeSet(set: CharSet, unicode: boolean): string {
  if (set.length === 2 && set[0] === set[1] && (unicode || set[0]! <= 0xffff)) return writePoint(set[0]!, unicode);
  const ranges: string[] = [];
  for (let at = 0; at < set.length; at += 2) {
    const low = set[at]!;
    const high = unicode ? set[at + 1]! : Math.min(set[at + 1]!, 0xffff);
    if (low <= high) ranges.push(`${writePoint(low, unicode)}-${writePoint(high, unicode)}`);
  }
  return `[${ranges.join('')}]`;
}

/** Up to so many copies of a character are written out, which the engine runs ten times as fast as counted ones. */
const maxCopies = 40;
/** Copies that may be missing take it longer to compile. */
const maxOptional = 16;
const maxText = 4_000;

/** Whether the engine counts the characters of a repeat, at several times the cost. */
export const isCounted = ({ min, max }: Repeat): boolean =>
  max === Infinity ? min > maxCopies : min > maxCopies || max - min > maxOptional;

function writeRepeat({ of, min, max, lazy }: Repeat, unicode: boolean): string {
  const text = write(of, unicode);
  const greed = lazy ? '?' : '';
  const optional = max - min;
  const isShort = of.kind === 'char' && min <= maxCopies && min * text.length <= maxText;
  const [least, from] = isShort ? [text.repeat(min), 0] : ['', min];
  if (isShort && optional <= maxOptional) {
    return `${least}${`(?:${text}`.repeat(optional)}${`)?${greed}`.repeat(optional)}`;
  }
  return `${least}(?:${text}){${from},${max === Infinity ? '' : optional + from}}${greed}`;
}

function write(node: Node, unicode: boolean): string {
  if (node.kind === 'char') return writeSet(node.set, unicode);
  if (node.kind === 'edge') return edges[node.edge];
  if (node.kind === 'repeat') return writeRepeat(node, unicode);
  const parts = node.of.map((one) => write(one, unicode));
  if (node.kind === 'choice') return `(?:${parts.join('|')})`;
  if (node.capture === undefined) return parts.join('');
  return node.capture === '' ? `(${parts.join('')})` : `(?<${node.capture}>${parts.join('')})`;
}

/**
 * The same as an expression of the runtime's own engine, without its flags for case, lines and dots.
 * @param unicode reads code points; else code units, which is faster and the same for texts without surrogates
 */
export const toNative = (node: Node, flags = '', unicode = false): RegExp =>
  new RegExp(write(node, unicode), unicode ? `${flags}u` : flags);

/** Whether a text has characters beyond U+FFFF, or halves of them. */
export const hasSurrogates = (text: string): boolean => /[\ud800-\udfff]/.test(text);
