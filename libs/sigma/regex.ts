import { RE2JS } from 're2js';
import { Fault } from './fault.js';

/** A regular expression of a rule: whether it matches anywhere in a text, in time linear in the text. */
export type Regex = {
  source: string;
  /** Of i, m and s. */
  flags: string;
  /** Texts in lower case of which one must stand, whatever its case, in every text that matches; null when none is known. */
  needles: string[] | null;
  test(text: string): boolean;
};

/** @throws Fault what linear time does not allow, or what is no regular expression */
export function compileRegex(source: string, flags: string): Regex {
  const bits = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL };
  const mask = Object.entries(bits).reduce((all, [letter, bit]) => (flags.includes(letter) ? all | bit : all), 0);
  try {
    const regex = RE2JS.compile(source, mask);
    return { source, flags, needles: null, test: (text) => regex.test(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(
      `the regular expression is refused (${reason}); look-around and back-references do not run in linear time`,
    );
  }
}
