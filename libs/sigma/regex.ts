import { findNeedles } from './regex-needles.js';
import { compileSearch } from './regex-search.js';
import { parseRegex } from './regex-syntax.js';

/** A regular expression of a rule: whether it matches anywhere in a text, in time linear in the text. */
export type Regex = {
  source: string;
  /** Of i, m and s. */
  flags: string;
  /** Texts as `foldText` has them of which one must stand, whatever its case, in every text that matches; null when none is known. */
  needles: string[] | null;
  test: (text: string) => boolean;
};

/** @throws Fault what linear time does not allow, or what is no regular expression */
export function compileRegex(source: string, flags: string): Regex {
  const node = parseRegex(source, flags);
  return { source, flags, needles: findNeedles(node), test: compileSearch(node) };
}
