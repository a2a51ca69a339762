import { literal, type Piece } from './pattern.js';

/** Text whose characters (0 to 255) stand for the bytes of its encoding. */
const bytes = (values: Iterable<number>): string => String.fromCharCode(...values);

function units(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

const low = (unit: number) => unit % 256;
const high = (unit: number) => Math.floor(unit / 256);

/** Modifiers appendix, "Encoding": `cmd` > `63 00 6d 00 64 00`. */
export const utf16le = (text: string): string => bytes(units(text).flatMap((unit) => [low(unit), high(unit)]));
/** `cmd` > `00 63 00 6d 00 64`. */
export const utf16be = (text: string): string => bytes(units(text).flatMap((unit) => [high(unit), low(unit)]));

export const utf8 = (text: string): string => bytes(new TextEncoder().encode(text));

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBits(byteText: string): string {
  return units(byteText)
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
}

/** RFC 4648 section 4: six bits a character, padded to four characters. */
export function base64(byteText: string): string {
  const sixes = toBits(byteText).match(/.{1,6}/g) ?? [];
  const text = sixes.map((six) => digits[Number.parseInt(six.padEnd(6, '0'), 2)]).join('');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** The characters whose six bits all belong to the value, when 0, 1 or 2 bytes stand before it. */
export function base64Offsets(byteText: string): string[] {
  return [0, 8, 16].map((before) => {
    const firstWhole = Math.ceil(before / 6) * 6 - before;
    const sixes = toBits(byteText).slice(firstWhole).match(/.{6}/g) ?? [];
    return sixes.map((six) => digits[Number.parseInt(six, 2)]).join('');
  });
}

const dashes = ['-', '/', '–', '—', '―'];
const isWord = (piece: Piece | undefined) => typeof piece === 'string' && /[\p{L}\p{N}_]/u.test(piece);

/** `windash`: every dash that begins a word (as the reference implementation has it) in each of its five forms. */
export function windash(pieces: readonly Piece[]): Piece[][] {
  let variants: Piece[][] = [[]];
  for (const [at, piece] of pieces.entries()) {
    const isDash = typeof piece === 'string' && dashes.includes(piece);
    const begins = isDash && isWord(pieces[at + 1]) && !isWord(pieces[at - 1]);
    const forms: Piece[] = begins ? dashes : [piece];
    variants = variants.flatMap((variant) => forms.map((form): Piece[] => [...variant, form]));
  }
  return variants;
}

/** Changes the characters and leaves the wildcards. */
export function encodePieces(pieces: readonly Piece[], encode: (text: string) => string): Piece[] {
  return pieces.flatMap((piece) => (typeof piece === 'string' ? literal(encode(piece)) : [piece]));
}
