/** A piece of a Sigma string: one character (a whole code point), any run of characters, or exactly one character. */
export type Piece = string | typeof anyRun | typeof anyOne;
export const anyRun: unique symbol = Symbol('*');
export const anyOne: unique symbol = Symbol('?');

/** Every character stands for itself. */
export const literal = (text: string): Piece[] => [...text];

/**
 * Rules specification, "Escape Character", by the length of a run of backslashes: before a wildcard every second one
 * escapes the next and an odd one left over escapes the wildcard; elsewhere one or two mean one, three or four mean two.
 */
export function readPattern(text: string): Piece[] {
  return [...text.matchAll(/(\\*)([*?]|[^\\]|$)/gu)].flatMap(([, slashes = '', next = '']): Piece[] => {
    const wild = next === '*' || next === '?';
    const kept = literal('\\'.repeat(wild ? Math.floor(slashes.length / 2) : Math.ceil(slashes.length / 2)));
    if (!wild || slashes.length % 2 === 1) return [...kept, ...literal(next)];
    return [...kept, next === '*' ? anyRun : anyOne];
  });
}

/**
 * Unicode simple lower case (UnicodeData.txt), each character by itself and one for one, so that where it stands changes
 * nothing: the dotted capital I becomes an i, and the sigma at the end of a word is a sigma.
 */
export function foldCharacter(character: string): string {
  const [lower = ''] = character.toLowerCase();
  return lower === 'ς' ? 'σ' : lower;
}

/** Whether the whole text fits the pattern: all positions reachable after each piece. */
export function fits(pattern: readonly Piece[], text: string, cased: boolean): boolean {
  const characters = [...text];
  const form = cased ? (character: string) => character : foldCharacter;
  let reached = new Set([0]);
  for (const piece of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (piece === anyRun) for (let to = at; to <= characters.length; to++) next.add(to);
      else if (at < characters.length && (piece === anyOne || sameAs(piece, characters[at]!))) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(characters.length);

  function sameAs(piece: Piece, character: string): boolean {
    return typeof piece === 'string' && form(piece) === form(character);
  }
}
