const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** UTF-16 with one character (0 to 255) for each byte, so that string tests work on it; `mark` is the byte order mark. */
export const utf16 = {
  le: (text: string) => latin1(Buffer.from(text, 'utf16le')),
  be: (text: string) => latin1(Buffer.from(text, 'utf16le').swap16()),
  mark: '\xff\xfe',
};

export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** The part of the Base64 text that is the same wherever the bytes stand, for each of the three alignments. */
export function base64Offsets(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((shift) => {
    const text = base64(Buffer.concat([Buffer.alloc(shift, ' '), bytes]));
    const cut = [0, 3, 2][(bytes.length + shift) % 3]!;
    return text.slice([0, 2, 3][shift], text.length - cut);
  });
}

const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];

/** A dash or slash that begins a word, as in `-f`; those inside a word stay (pySigma's SigmaWindowsDashModifier). */
const leadingDash = /(?<![\p{L}\p{N}_])[-/\u2013-\u2015](?=[\p{L}\p{N}_])/u;

/** Every way of writing the text's leading dashes and slashes, or null when there are over `limit`. */
export function dashVariants(text: string, limit: number): string[] | null {
  const pieces = text.split(leadingDash);
  if (dashes.length ** (pieces.length - 1) > limit) return null;
  return pieces
    .slice(1)
    .reduce(
      (variants, piece) => variants.flatMap((variant) => dashes.map((dash) => variant + dash + piece)),
      [pieces[0]!],
    );
}
