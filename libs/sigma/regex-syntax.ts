import { anyChar, escapes, foldCase, negate, notNewline, type CharSet } from './char-set.js';
import { Fault } from './fault.js';
import { isLiteralEscape, readClass, readEscapedChar, refuse, type Reader } from './regex-class.js';

/** A place between two characters; `finalLine` is the end of the text or before a line end that ends it. */
export type Edge = 'textStart' | 'textEnd' | 'finalLine' | 'lineStart' | 'lineEnd' | 'boundary' | 'noBoundary';

/**
 * A parsed regular expression. Whether a text matches does not depend on captures (`capture`: the group's name, or '') nor
 * on `lazy`; replacing does.
 */
export type Node =
  | { kind: 'char'; set: CharSet }
  | { kind: 'edge'; edge: Edge }
  | { kind: 'sequence'; of: Node[]; capture?: string }
  | { kind: 'choice'; of: Node[] }
  | { kind: 'repeat'; of: Node; min: number; max: number; lazy: boolean };

type Flags = { i: boolean; m: boolean; s: boolean };
type Parser = Reader & { flags: Flags; depth: number; names: Set<string> };

const maxLength = 20_000;
const maxDepth = 200;

const quantifier = /(?:([*+?])|\{(\d{1,6})(?:(,)(\d{1,6})?)?\})([?+])?/y;
const flagGroup = /\(\?([imsU]*)(?:-([imsU]*))?([:)])/y;
const namedGroup = /\(\?(?:P?<|')([A-Za-z_]\w*)[>']/y;
const comment = /\(\?#[^)]*\)/y;

/** What the specification does not allow in a group, by how the group begins. */
const forbiddenGroups: [RegExp, string][] = [
  [
    /\(\?<?[=!]/y,
    'look-around is not allowed; test the other text by a second value ("|all") or by a filter in the condition',
  ],
  [/\(\?>/y, 'an atomic group is not allowed; write (?:...)'],
  [
    /\(\?(?:[R&+-]|P[>=]|\d|\()/y,
    'recursion, back-references and conditional groups are not allowed; write the text out',
  ],
  [/\(\*/y, 'verbs such as (*SKIP) are not allowed; remove it'],
  [/\(\?/y, 'this kind of group is not known; write (?:...)'],
];

function take(parser: Parser, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = parser.at;
  const found = pattern.exec(parser.source);
  if (found) parser.at += found[0].length;
  return found;
}

/**
 * Parses a regular expression of a Sigma rule: PCRE without what needs backtracking (Sigma modifiers appendix, "Regular
 * Expression"). `\d \w \s \b` know ASCII only.
 * @param flags of i, m and s
 * @throws Fault what is no regular expression or not allowed, and where
 */
export function parseRegex(source: string, flags: string): Node {
  if (source.length > maxLength) {
    throw new Fault(`the regular expression has over ${maxLength} characters; split it into several values`);
  }
  const [i, m, s] = ['i', 'm', 's'].map((letter) => flags.includes(letter));
  const parser: Parser = { source, at: 0, ranges: 0, flags: { i: i!, m: m!, s: s! }, depth: 0, names: new Set() };
  const node = parseChoice(parser);
  if (parser.at < source.length) refuse(parser, 'there is no group for this ")"; write \\)');
  return node;
}

function parseChoice(parser: Parser): Node {
  const of: Node[] = [];
  do of.push(parseSequence(parser));
  while (parser.source[parser.at] === '|' && ++parser.at);
  return of.length === 1 ? of[0]! : { kind: 'choice', of };
}

function parseSequence(parser: Parser): Node {
  const of: Node[] = [];
  while (parser.at < parser.source.length && !'|)'.includes(parser.source[parser.at]!)) {
    const node = parseAtom(parser);
    if (node) of.push(parseQuantifier(parser, node));
  }
  return of.length === 1 ? of[0]! : { kind: 'sequence', of };
}

function parseQuantifier(parser: Parser, of: Node): Node {
  const found = take(parser, quantifier);
  if (!found) return of;
  const [, symbol, from, comma, to, mode] = found;
  if (mode === '+') refuse(parser, 'a possessive repeat (such as a++) is not allowed; remove its second "+"');
  const min = symbol ? Number(symbol === '+') : Number(from);
  const max = symbol ? (symbol === '?' ? 1 : Infinity) : to ? Number(to) : comma ? Infinity : min;
  if (max < min) refuse(parser, 'a repeat counts from the lower to the higher number');
  return { kind: 'repeat', of, min, max, lazy: mode === '?' };
}

/** One character, class, group or edge; null for what stands for nothing, such as `(?i)`. */
function parseAtom(parser: Parser): Node | null {
  const { source, flags } = parser;
  const character = String.fromCodePoint(source.codePointAt(parser.at)!);
  if (character === '(') return parseGroup(parser);
  if (character === '[') return { kind: 'char', set: readClass(parser, flags.i) };
  if (character === '\\') return parseEscape(parser);
  quantifier.lastIndex = parser.at;
  if (quantifier.test(source))
    refuse(parser, `there is nothing that this "${character}" repeats; write \\${character}`);
  parser.at += character.length;
  if (character === '.') return { kind: 'char', set: flags.s ? anyChar : notNewline };
  if (character === '^') return { kind: 'edge', edge: flags.m ? 'lineStart' : 'textStart' };
  if (character === '$') return { kind: 'edge', edge: flags.m ? 'lineEnd' : 'finalLine' };
  return literal(character.codePointAt(0)!, flags);
}

function literal(point: number, flags: Flags): Node {
  return { kind: 'char', set: flags.i ? foldCase([point, point]) : [point, point] };
}

const edges: Readonly<Record<string, Edge>> = {
  A: 'textStart',
  z: 'textEnd',
  Z: 'finalLine',
  b: 'boundary',
  B: 'noBoundary',
};

function parseEscape(parser: Parser): Node {
  const letter = parser.source[parser.at + 1] ?? '';
  if (!isLiteralEscape(letter)) {
    const edge = edges[letter];
    const set = escapes[letter] ?? escapes[letter.toLowerCase()];
    if (edge || set) parser.at += 2;
    if (edge) return { kind: 'edge', edge };
    if (set) return { kind: 'char', set: escapes[letter] ?? negate(set) };
  }
  return literal(readEscapedChar(parser), parser.flags);
}

function parseGroup(parser: Parser): Node | null {
  if (take(parser, comment)) return null;
  const before = parser.flags;
  const found = take(parser, flagGroup);
  const name = found ? undefined : take(parser, namedGroup)?.[1];
  if (found) {
    const [, on = '', off = '', end] = found;
    const flags = { ...before };
    for (const letter of ['i', 'm', 's'] as const) {
      if (on.includes(letter)) flags[letter] = true;
      if (off.includes(letter)) flags[letter] = false;
    }
    parser.flags = flags;
    if (end === ')') return null;
  } else if (name === undefined) {
    for (const [begin, reason] of forbiddenGroups) {
      begin.lastIndex = parser.at;
      if (begin.test(parser.source)) refuse(parser, reason);
    }
    parser.at++;
  }
  if (name && parser.names.has(name)) refuse(parser, `two groups have the same name ${name}`);
  if (name) parser.names.add(name);
  if (++parser.depth > maxDepth) refuse(parser, `groups stand over ${maxDepth} deep in each other; write it flatter`);
  if (!found) parser.flags = { ...before };
  const node = parseChoice(parser);
  if (parser.source[parser.at] !== ')')
    refuse(parser, 'a group is not closed; add ")", or write \\( for the character');
  parser.at++;
  parser.depth--;
  parser.flags = before;
  return found ? node : { kind: 'sequence', of: [node], capture: name ?? '' };
}
