/** The searches that `1 of` or `all of` speaks about: none that begins with an underscore, unless the pattern does too. */
export function searchesOf(pattern: string, all: readonly string[]): string[] {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const wanted = pattern === 'them' ? /^/ : new RegExp(`^${parts.join('.*')}$`);
  return all.filter((name) => wanted.test(name) && (pattern.startsWith('_') || !name.startsWith('_')));
}

/** Splits at a word wherever it stands outside brackets. */
function splitOutside(words: readonly string[], at: string): string[][] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (word === '(') depth++;
    if (word === ')') depth--;
    if (word === at && depth === 0) parts.push([]);
    else parts.at(-1)!.push(word);
  }
  return parts;
}

/**
 * Rules specification, "Condition": splits at what binds least first (or, and, not, x of, brackets).
 *
 * @param holds whether the search of that name holds
 */
export function conditionHolds(
  condition: string,
  searches: readonly string[],
  holds: (name: string) => boolean,
): boolean {
  const evaluate = (words: readonly string[]): boolean => {
    const either = splitOutside(words, 'or');
    if (either.length > 1) return either.some(evaluate);
    const both = splitOutside(words, 'and');
    if (both.length > 1) return both.every(evaluate);
    const [first = '', second, third = ''] = words;
    if (first === 'not') return !evaluate(words.slice(1));
    if (first === '(') return evaluate(words.slice(1, -1));
    if (second !== 'of') return holds(first);
    return first === 'all' ? searchesOf(third, searches).every(holds) : searchesOf(third, searches).some(holds);
  };
  return evaluate(condition.replaceAll(/[()]/g, ' $& ').trim().split(/\s+/));
}
