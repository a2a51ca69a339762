/**
 * What the text of one file may cost; beyond a limit the file, the document or the value is refused with the limit named.
 * SigmaHQ's 4,000 rules stay below a tenth of each.
 */
export const limits = {
  /** Characters of a file. */
  file: 1_048_576,
  /** Characters up to which a file is read without counting first. */
  small: 16_384,
  /** Keys, values, commas and brackets of a file that is not plainly written. */
  tokens: 250_000,
  /** Documents of a file. */
  documents: 1_000,
  /** Mistakes told of one file. */
  errors: 100,
  /** Maps and lists inside each other. */
  depth: 50,
  /** Values of a document, each counted as often as aliases repeat it. */
  nodes: 1_000_000,
  /** Characters of one value. */
  value: 65_536,
  /** Wildcards of one value. */
  wildcards: 200,
  /** Variants that `windash` makes of one value. */
  variants: 625,
  /** Values of a file after their modifiers, each counted as often as conditions use it. */
  tests: 300_000,
  /** Searches of a rule. */
  searches: 1_000,
  /** Characters of a condition. */
  condition: 10_000,
  /** Brackets and negations inside each other in a condition. */
  conditionDepth: 50,
  /** Values that the lists of a rule's placeholders may put in their place, and that a filter may add to a set of rules. */
  expanded: 1_000_000,
};
