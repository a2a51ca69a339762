import { toAlphabet, type Alphabet } from './regex-alphabet.js';
import { Automaton, dead, matched } from './regex-automaton.js';
import { toPrograms } from './regex-program.js';
import type { Node } from './regex-syntax.js';

/** From this length on a text is read from both ends at once: two chains of table look-ups take little longer than one. */
const longText = 256;
const maxScratch = 1 << 20;
/** A program whose table overflows so often has too many states backward; it is then read forward only. */
const maxOverflows = 4;

const beyondLatin = /[\u0100-\uffff]/;
const newline = 10;

let scratch = Buffer.alloc(0);

/** The text's characters as bytes, in a buffer that the next call takes again; null for characters beyond Latin-1. */
function toBytes(text: string): Uint8Array | null {
  if (text.length > maxScratch || beyondLatin.test(text)) return null;
  if (scratch.length < text.length) scratch = Buffer.alloc(Math.min(maxScratch, text.length * 2));
  scratch.write(text, 'latin1');
  return scratch;
}

const endsLine = (text: string) => text.charCodeAt(text.length - 1) === newline;

/** Whether a text matches from a state on, reading forward from a character. */
function readForward(automaton: Automaton, { latin, classOf, lastNewline, border }: Alphabet, text: string): boolean {
  let state = automaton.start();
  let { table } = automaton;
  const end = endsLine(text) ? text.length - 1 : text.length;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    let cls = 0;
    if (unit < 256) {
      cls = latin[unit]!;
    } else {
      const point = text.codePointAt(at)!;
      cls = classOf(point);
      if (point > 0xffff) at++;
    }
    let next = table[state + cls]!;
    if (next < 0) {
      next = automaton.next(state, cls);
      if (next < 0) return next === matched;
      table = automaton.table;
    }
    state = next;
  }
  for (const cls of end < text.length ? [lastNewline, border] : [border]) {
    state = automaton.next(state, cls);
    if (state < 0) return state === matched;
  }
  return false;
}

type Both = { forward: Automaton; backward: Automaton; alphabet: Alphabet };

/**
 * Reads bytes from both ends until one is left in the middle. A match ends before it, begins after it, or takes it: then
 * one leaf takes it in both directions.
 */
function readBothWays({ forward, backward, alphabet }: Both, bytes: Uint8Array, length: number): boolean {
  const { latin, lastNewline, border } = alphabet;
  let left = forward.start();
  let right = backward.start();
  let to = length - 1;
  let from = 0;
  if (bytes[to] === newline) {
    right = backward.next(right, lastNewline);
    to--;
  }
  if ((to - from) % 2 === 1) left = forward.next(left, latin[bytes[from++]!]!);
  if (left < 0 || right < 0) return left === matched || right === matched;
  let ahead = forward.table;
  let back = backward.table;
  for (; from < to; from++, to--) {
    const first = latin[bytes[from]!]!;
    const last = latin[bytes[to]!]!;
    let nextLeft = ahead[left + first]!;
    let nextRight = back[right + last]!;
    if (nextLeft < 0 || nextRight < 0) {
      nextLeft = forward.next(left, first);
      nextRight = backward.next(right, last);
      if (nextLeft < 0 || nextRight < 0) return nextLeft === matched || nextRight === matched;
      ahead = forward.table;
      back = backward.table;
    }
    left = nextLeft;
    right = nextRight;
  }
  const middle = latin[bytes[from]!]!;
  const taking = new Set(forward.leavesTaking(left, middle));
  if (backward.leavesTaking(right, middle).some((leaf) => taking.has(leaf))) return true;
  return forward.next(left, middle) === matched || backward.next(right, middle) === matched;
}

/**
 * A regular expression as a predicate, in time linear in the text.
 * @throws Fault what is too large
 */
export function compileSearch(node: Node): (text: string) => boolean {
  const programs = toPrograms(node);
  const hasEdges = programs.forward.steps.some((step) => step.op === 'edge');
  const alphabet = toAlphabet(programs.leaves, hasEdges);
  const forward = new Automaton(programs.forward, alphabet);
  let both: Both | null = null;
  return (text) => {
    const bytes = text.length >= longText && (both?.backward.overflows ?? 0) <= maxOverflows ? toBytes(text) : null;
    if (!bytes) return readForward(forward, alphabet, text);
    both ??= { forward, backward: new Automaton(programs.backward, alphabet), alphabet };
    return readBothWays(both, bytes, text.length);
  };
}
