import { toAlphabet, type Alphabet } from './regex-alphabet.js';
import { Automaton, matched, unknown } from './regex-automaton.js';
import { toPrograms } from './regex-program.js';
import type { Node } from './regex-syntax.js';

/** From this length on a text is read from both ends at once: two chains of table look-ups take little longer than one. */
const longText = 256;
const maxScratch = 1 << 20;
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

/** The classes of a text's characters from one on, and of its border. */
function* classesFrom(
  { latin, classOf, lastNewline, border }: Alphabet,
  text: string,
  from: number,
): Generator<number> {
  const end = endsLine(text) ? text.length - 1 : text.length;
  for (let at = from; at < end; at++) {
    const point = text.codePointAt(at)!;
    yield point > 0xff ? classOf(point) : latin[point]!;
    if (point > 0xffff) at++;
  }
  if (end < text.length && from <= end) yield lastNewline;
  yield border;
}

/** Whether a text matches, reading it forward. */
function readForward(automaton: Automaton, alphabet: Alphabet, text: string): boolean {
  const { latin, lastNewline, border } = alphabet;
  const end = endsLine(text) ? text.length - 1 : text.length;
  if (automaton.full) automaton.clear();
  let state = automaton.start();
  for (let at = 0; at < end; at++) {
    const { table } = automaton;
    for (; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 0xff) break;
      const next = table[state + latin[unit]!]!;
      if (next < 0) break;
      state = next;
    }
    if (at === end) break;
    const point = text.codePointAt(at)!;
    const next = automaton.next(state, point > 0xff ? alphabet.classOf(point) : latin[point]!);
    if (next === unknown) return automaton.simulate(state, classesFrom(alphabet, text, at));
    if (next < 0) return next === matched;
    state = next;
    if (point > 0xffff) at++;
  }
  for (const cls of end < text.length ? [lastNewline, border] : [border]) {
    const next = automaton.next(state, cls);
    if (next === unknown) return automaton.simulate(state, end < text.length ? [lastNewline, border] : [border]);
    if (next < 0) return next === matched;
    state = next;
  }
  return false;
}

type Both = { forward: Automaton; backward: Automaton; alphabet: Alphabet };

/** Where reading from both ends stands: states, and the first and last character not yet taken. */
type Ends = { left: number; right: number; from: number; to: number };

/** Takes characters from both ends until one is left in the middle, or a table has no next state. */
function closeIn({ forward, backward, alphabet }: Both, bytes: Uint8Array, ends: Ends): void {
  const { latin } = alphabet;
  const ahead = forward.table;
  const back = backward.table;
  let { left, right, from, to } = ends;
  while (from < to) {
    const nextLeft = ahead[left + latin[bytes[from]!]!]!;
    const nextRight = back[right + latin[bytes[to]!]!]!;
    if ((nextLeft | nextRight) < 0) break;
    left = nextLeft;
    right = nextRight;
    from++;
    to--;
  }
  ends.left = left;
  ends.right = right;
  ends.from = from;
  ends.to = to;
}

/**
 * Reads bytes from both ends until one is left in the middle. A match ends before it, begins after it, or takes it: then
 * one leaf takes it in both directions. Null once a table is full.
 */
function readBothWays(both: Both, bytes: Uint8Array, length: number): boolean | null {
  const { forward, backward, alphabet } = both;
  const { latin, lastNewline } = alphabet;
  const ends: Ends = { left: forward.start(), right: backward.start(), from: 0, to: length - 1 };
  if (bytes[ends.to] === newline) {
    ends.right = backward.next(ends.right, lastNewline);
    ends.to--;
  }
  if ((ends.to - ends.from) % 2 === 1) ends.left = forward.next(ends.left, latin[bytes[ends.from++]!]!);
  while (ends.left >= 0 && ends.right >= 0) {
    closeIn(both, bytes, ends);
    if (ends.from === ends.to) return meet(both, ends, latin[bytes[ends.from]!]!);
    ends.left = forward.next(ends.left, latin[bytes[ends.from++]!]!);
    ends.right = backward.next(ends.right, latin[bytes[ends.to--]!]!);
  }
  if (ends.left === matched || ends.right === matched) return true;
  return ends.left === unknown || ends.right === unknown ? null : false;
}

function meet({ forward, backward }: Both, { left, right }: Ends, middle: number): boolean | null {
  const taking = new Set(forward.leavesTaking(left, middle));
  if (backward.leavesTaking(right, middle)?.some((leaf) => taking.has(leaf))) return true;
  const [nextLeft, nextRight] = [forward.next(left, middle), backward.next(right, middle)];
  if (nextLeft === matched || nextRight === matched) return true;
  return nextLeft === unknown || nextRight === unknown ? null : false;
}

/**
 * A regular expression as a predicate, in time linear in the text.
 * @throws Fault what is too large
 */
export function compileSearch(node: Node): (text: string) => boolean {
  const { leaves, ...programs } = toPrograms(node);
  const hasEdges = programs.forward.steps.some((step) => step.op === 'edge');
  const alphabet = toAlphabet(
    leaves.map((leaf) => leaf.set),
    hasEdges,
  );
  const forward = new Automaton(programs.forward, leaves, alphabet);
  let both: Both | null = null;
  return (text) => {
    const bytes = text.length >= longText && !both?.backward.full ? toBytes(text) : null;
    if (bytes && !forward.full) {
      both ??= { forward, backward: new Automaton(programs.backward, leaves, alphabet), alphabet };
      const answer = readBothWays(both, bytes, text.length);
      if (answer !== null) return answer;
    }
    return readForward(forward, alphabet, text);
  };
}
