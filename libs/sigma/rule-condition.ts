import { Budget } from './budget.js';
import { parseCondition } from './condition.js';
import type { Way } from './document.js';
import type { Expression } from './expression.js';
import { Fault } from './fault.js';

const maxWays = 64;
const keywords = ['and', 'or', 'not', '(', ')'];

const united = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
const within = (part: readonly string[], whole: readonly string[]) => part.every((one) => whole.includes(one));

function joined(left: readonly Way[], right: readonly Way[]): Way[] {
  const ways = left.flatMap((a) =>
    right.map((b) => ({ present: united(a.present, b.present), absent: united(a.absent, b.absent) })),
  );
  return distinct(ways.filter(({ present, absent }) => !present.some((name) => absent.includes(name))));
}

/** Leaves out every way that asks for more than another one does. */
function distinct(ways: readonly Way[]): Way[] {
  const covers = (a: Way, b: Way) => within(a.present, b.present) && within(a.absent, b.absent);
  const kept = ways.filter(
    (way, at) =>
      !ways.some((other, index) => covers(other, way) && (index < at || !covers(way, other)) && index !== at),
  );
  if (kept.length > maxWays) {
    throw new Fault(`the condition can be fulfilled in more than ${maxWays} ways; chain correlations instead`);
  }
  return kept;
}

/** The disjunctive normal form; `wanted` is false below an odd number of `not`. */
function waysOf(expression: Expression, wanted: boolean): Way[] {
  if (expression.kind === 'item') return [];
  if (expression.kind === 'not') return waysOf(expression.of, !wanted);
  if (expression.name !== undefined) {
    return [wanted ? { present: [expression.name], absent: [] } : { present: [], absent: [expression.name] }];
  }
  const parts = expression.of.map((one) => waysOf(one, wanted));
  const all = (expression.kind === 'and') === wanted;
  return all ? parts.reduce(joined) : distinct(parts.flat());
}

/**
 * Reads a condition such as `a and not b` over rules, with the grammar of detections but without `1 of` and `all of`
 * (Sigma enhancement proposal 198, approved for 2.2). Without `rules` the condition itself lists them, as in pySigma.
 * @throws Fault when a name and `rules` disagree, or when it is fulfilled never, or by nothing
 */
export function parseRuleCondition(text: string, rules: readonly string[] | null): { rules: string[]; ways: Way[] } {
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  const named = [...new Set(words.filter((word) => rules?.includes(word) || !keywords.includes(word.toLowerCase())))];
  if (words.some((word) => word.toLowerCase() === 'of' && !rules?.includes(word))) {
    throw new Fault('a condition over rules has and, or, not and parentheses; write the names instead of "of"');
  }
  const known = rules ?? named;
  const searches = new Map(known.map((name) => [name, { kind: 'and', name, of: [] } satisfies Expression]));
  const ways = waysOf(parseCondition(text, searches, new Budget(), 'under "rules"'), true);
  const unused = known.find((name) => !named.includes(name));
  if (unused !== undefined)
    throw new Fault(`the condition does not name "${unused}"; name it, or take it out of "rules"`);
  if (ways.length === 0) throw new Fault('the condition contradicts itself; nothing can fulfil it');
  if (ways.some(({ present }) => present.length === 0)) {
    throw new Fault('the condition is fulfilled when nothing happens; add a rule that must match');
  }
  return { rules: [...known], ways };
}
