/** A run of ordinary text, or characters that would hide or reorder text, by their names. */
export type TextPart = { text: string } | { glyph: string; meaning: string };

/** Controls, what turns writing around, what has no width or an odd one, private and half characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US';
const NAMES: Record<number, string> = {
  ...CONTROLS.split(' '),
  0x7f: 'DEL',
  0x85: 'NEL',
  0x00a0: 'NBSP',
  0x00ad: 'SHY',
  0x061c: 'ALM',
  0x200b: 'ZWSP',
  0x200c: 'ZWNJ',
  0x200d: 'ZWJ',
  0x200e: 'LRM',
  0x200f: 'RLM',
  0x2028: 'LS',
  0x2029: 'PS',
  0x202a: 'LRE',
  0x202b: 'RLE',
  0x202c: 'PDF',
  0x202d: 'LRO',
  0x202e: 'RLO',
  0x2060: 'WJ',
  0x2066: 'LRI',
  0x2067: 'RLI',
  0x2068: 'FSI',
  0x2069: 'PDI',
  0xfeff: 'BOM',
};

/** Longer texts are cut, and say so: no log line can make the page slow. */
const MOST = 20_000;

/**
 * Splits a text so that nothing in it stays unseen. A line end is kept beside its glyph; in `prose`, which people wrote
 * in lines, it has none.
 */
export function visibleParts(text: string, prose = false): TextPart[] {
  const shown = text.slice(0, MOST);
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of shown.matchAll(HIDDEN)) {
    if (match.index > from) parts.push({ text: shown.slice(from, match.index) });
    if (!prose || match[0] !== '\n') parts.push(glyphOf(match[0]));
    if (match[0] === '\n') parts.push({ text: '\n' });
    from = match.index + match[0].length;
  }
  if (from < shown.length) parts.push({ text: shown.slice(from) });
  const more = text.length - shown.length;
  return more > 0 ? [...parts, { glyph: '…', meaning: `${more} more characters are not shown` }] : parts;
}

/** The same in one string, for titles and accessible names. */
export function visibleText(text: string): string {
  return visibleParts(text)
    .map((part) => ('text' in part ? part.text : part.glyph))
    .join('');
}

function glyphOf(character: string): TextPart {
  const code = character.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return { glyph: NAMES[code] ?? name, meaning: name };
}
