import type { SigmaError } from './document.js';
import { limits } from './limits.js';
import { readPlainYaml } from './plain-yaml.js';
import { readYaml } from './yaml.js';

export type Path = readonly PropertyKey[];

/** One YAML document of a file, with the way back from a path in it to a line of the file (from 1). */
export type Page = {
  value: unknown;
  line: number;
  lineOf(path: Path): number;
  /** A number as it is written, where that differs from how JavaScript writes it, such as 007 or 1.0. */
  written(path: Path): string | undefined;
};

export type Pages = { pages: Page[]; errors: SigmaError[] };

/** Characters that YAML does not allow, and what a decoder leaves where a text is not UTF-8. */
const unreadable = /(?![\t\n\r\u0085])\p{Cc}|[\ufffd-\uffff]|\p{Surrogate}/u;

const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
};

function refusal(text: string): { line: number; message: string } | null {
  if (text.length > limits.file)
    return { line: 1, message: `the file is larger than ${limits.file} characters; split it` };
  const at = text.search(unreadable);
  if (at < 0) return null;
  const message = 'a character is not UTF-8 text; save the file as UTF-8, and write control characters as "\\x00"';
  return { line: lineAt(text, at), message };
}

/**
 * Reads every YAML 1.2 document of a text. Safe: no tags of its own, nothing beyond {@link limits}. Lines are looked up
 * only when asked for.
 */
export function readPages(text: string, file: string): Pages {
  const refused = refusal(text);
  if (refused) return { pages: [], errors: [{ file, ...refused }] };
  const plain = readPlainYaml(text);
  if (!plain) return readYaml(text, file);
  let page: Page | undefined;
  const lineOf = (path: Path): number => {
    page ??= readYaml(text, file).pages[0];
    return page?.lineOf(path) ?? 1;
  };
  const written = () => undefined;
  return { pages: [{ value: plain.value, line: lineAt(text, plain.offset), lineOf, written }], errors: [] };
}
