import type { Expression, Test } from './expression.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import { parseWildcard, type Token } from './wildcard.js';

/** Placeholders that the specification names ("Standard Placeholders"); a rule may name others. */
export const standardPlaceholders = ['Administrators', 'JumpServers', 'Workstations', 'Servers', 'DomainControllers'];

/** Values by the name of their placeholder; a value is a Sigma string, so `srv*` is a pattern. */
export type Lists = ReadonlyMap<string, readonly string[]>;

function* namesIn(test: Test): Generator<string> {
  if (test.op === 'any') for (const one of test.of) yield* namesIn(one);
  if (test.op === 'text') for (const token of test.tokens) if ('placeholder' in token) yield token.placeholder;
}

function collect(expression: Expression, names: Set<string>): void {
  if (expression.kind === 'not') collect(expression.of, names);
  else if (expression.kind !== 'item') for (const one of expression.of) collect(one, names);
  else for (const test of expression.tests) for (const name of namesIn(test)) names.add(name);
}

/** The names of the lists that an expression needs. */
export function placeholdersOf(expression: Expression): Set<string> {
  const names = new Set<string>();
  collect(expression, names);
  return names;
}

/** Neighbouring texts become one, and of neighbouring stars one stays. */
function join(tokens: Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last && 'text' in last && 'text' in token) joined[joined.length - 1] = { text: last.text + token.text };
    else if (!(last && 'wild' in last && 'wild' in token && last.wild === '*' && token.wild === '*'))
      joined.push(token);
  }
  return joined;
}

class Expander {
  private left = limits.expanded;

  constructor(private readonly lists: Lists) {}

  expression(of: Expression): Expression {
    if (of.kind === 'not') return { ...of, of: this.expression(of.of) };
    if (of.kind === 'item') return { ...of, tests: of.tests.map((test) => this.test(test)) };
    return { ...of, of: of.of.map((one) => this.expression(one)) };
  }

  private test(test: Test): Test {
    if (test.op === 'any') return { ...test, of: test.of.map((one) => this.test(one)) };
    if (test.op !== 'text' || !test.tokens.some((token) => this.valuesOf(token))) return test;
    let variants: Token[][] = [[]];
    for (const token of test.tokens) {
      const values = this.valuesOf(token)?.map(parseWildcard) ?? [[token]];
      this.left -= variants.length * values.length;
      if (this.left < 0) {
        throw new Fault(`the lists put more than ${limits.expanded} values into the rule; shorten them`);
      }
      variants = variants.flatMap((variant) => values.map((value) => [...variant, ...value]));
    }
    return { op: 'any', of: variants.map((tokens) => ({ ...test, tokens: join(tokens) })) };
  }

  private valuesOf(token: Token): readonly string[] | undefined {
    return 'placeholder' in token ? this.lists.get(token.placeholder) : undefined;
  }
}

/**
 * Puts the values of the lists in the place of a rule's (or a filter's) placeholders, joined by or; an empty list matches
 * nothing. Placeholders without a list stay and are `missing`: such a rule is an error when it is linked (specification
 * 2.1, "Placeholders").
 *
 * @throws Fault when the lists together make too many values
 */
export function expandPlaceholders<T extends { detection: Expression }>(
  rule: T,
  lists: Lists,
): { rule: T; missing: string[] } {
  const names = placeholdersOf(rule.detection);
  if (names.size === 0) return { rule, missing: [] };
  const missing = [...names].filter((name) => !lists.has(name));
  if (missing.length === names.size) return { rule, missing };
  return { rule: { ...rule, detection: new Expander(lists).expression(rule.detection) }, missing };
}
