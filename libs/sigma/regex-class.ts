import { escapes, foldCase, foldsWidely, negate, posix, toSet, type CharSet } from './char-set.js';
import { Fault } from './fault.js';

/** A regular expression while it is read; `ranges` counts those of its classes. */
export type Reader = { source: string; at: number; ranges: number };

const maxRanges = 20_000;

export function refuse(reader: Reader, reason: string): never {
  const near = reader.source.slice(Math.max(0, reader.at - 5), reader.at + 15);
  throw new Fault(`the regular expression is refused at character ${reader.at + 1} (near "${near}"): ${reason}`);
}

const controls: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };
const numeric = /\\(?:x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{0,2})|o\{([0-7]{1,7})\}|(0[0-7]{0,2})|c([\x20-\x7e]))/y;
const posixName = /\[:(\^?)([a-z]+):\]/y;

/** Whether a backslash before this stands for the character itself: before all but ASCII letters and digits. */
export const isLiteralEscape = (letter: string): boolean => letter !== '' && !/[A-Za-z0-9]/.test(letter);

/** Reads an escape that stands for one character. */
export function readEscapedChar(reader: Reader): number {
  const letter = reader.source[reader.at + 1] ?? '';
  numeric.lastIndex = reader.at;
  const found = numeric.exec(reader.source);
  if (found) {
    const [all, braced, short, octal, zero, control] = found;
    const point = control
      ? control.toUpperCase().charCodeAt(0) ^ 64
      : parseInt(braced ?? octal ?? zero ?? (short || '0'), (braced ?? short) === undefined ? 8 : 16);
    if (point > 0x10ffff) refuse(reader, 'there is no such character; the highest is \\x{10FFFF}');
    reader.at += all.length;
    return point;
  }
  if (letter === '') refuse(reader, 'it ends in a single backslash; write \\\\');
  if (/[1-9gk]/.test(letter)) refuse(reader, 'a back-reference is not allowed; write the text out');
  const point = isLiteralEscape(letter) ? reader.source.codePointAt(reader.at + 1) : controls[letter];
  if (point === undefined) refuse(reader, `\\${letter} is not known; write the characters as a class, such as [a-z]`);
  reader.at += 1 + String.fromCodePoint(point).length;
  return point;
}

/** A member of a class: a code point, or a whole set such as \d or [:alpha:]. */
function readMember(reader: Reader): number | CharSet {
  const { source, at } = reader;
  posixName.lastIndex = at;
  const named = posixName.exec(source);
  if (named) {
    const set = posix[named[2]!];
    if (!set) refuse(reader, `there is no class [:${named[2]}:]`);
    reader.at += named[0].length;
    return named[1] ? negate(set) : set;
  }
  if (source[at] !== '\\') {
    const point = source.codePointAt(at)!;
    reader.at += String.fromCodePoint(point).length;
    return point;
  }
  const letter = source[at + 1] ?? '';
  const set = escapes[letter.toLowerCase()];
  if (set || letter === 'b') reader.at += 2;
  if (set) return escapes[letter] ?? negate(set);
  return letter === 'b' ? 8 : readEscapedChar(reader);
}

/** Reads a class such as [^a-z\d[:space:]]; the reader stands on its bracket. */
export function readClass(reader: Reader, ignoreCase: boolean): CharSet {
  const { source } = reader;
  const open = reader.at++;
  const negated = source[reader.at] === '^';
  if (negated) reader.at++;
  const written: number[] = [];
  const sets: number[][] = [];
  for (let first = true; first || source[reader.at] !== ']'; first = false) {
    if (reader.at >= source.length) refuse({ ...reader, at: open }, 'a class is not closed; add "]", or write \\[');
    const from = readMember(reader);
    let to = from;
    if (
      typeof from === 'number' &&
      source[reader.at] === '-' &&
      !/^(?:\]|\\[dswhv]|\[:|$)/i.test(source.slice(reader.at + 1, reader.at + 3))
    ) {
      reader.at++;
      to = readMember(reader);
    }
    if (typeof from !== 'number' || typeof to !== 'number') sets.push([from, to].flat());
    else if (to < from)
      refuse(reader, 'a range goes from the lower to the higher character; write it the other way round');
    else written.push(from, to);
  }
  reader.at++;
  const set = toSet(written);
  const folds = ignoreCase && foldsWidely(set);
  const all = toSet([...(ignoreCase ? foldCase(set) : set), ...sets.flat()]);
  reader.ranges += all.length + (folds ? 4000 : 0);
  if (reader.ranges > maxRanges) refuse(reader, 'its classes hold too many ranges; split it into several values');
  return negated ? negate(all) : all;
}
