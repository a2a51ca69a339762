import type { Budget } from './budget.js';
import type { Expression } from './expression.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import { compileWildcard, parseWildcard } from './wildcard.js';

const quantities = ['1', 'any', 'all'];

/**
 * Reads a condition over named searches. Precedence, weakest first: `or`, `and`, `not`, `1 of` / `all of`,
 * parentheses; names that begin with `_` are meant only by a pattern that does too (Sigma rules specification 2.1,
 * "Condition").
 *
 * @throws Fault that says what to change
 */
export function parseCondition(
  text: string,
  searches: ReadonlyMap<string, Expression>,
  budget: Budget,
  where = 'under "detection"',
): Expression {
  if (text.length > limits.condition) {
    throw new Fault(`the condition is longer than ${limits.condition} characters; split the rule`);
  }
  if (text.includes('|')) {
    throw new Fault('aggregations after "|" were removed from Sigma; write a correlation document instead');
  }
  return new ConditionReader(text, searches, budget, where).read();
}

class ConditionReader {
  private readonly words: string[];
  private at = 0;
  private depth = 0;

  constructor(
    text: string,
    private readonly searches: ReadonlyMap<string, Expression>,
    private readonly budget: Budget,
    private readonly where: string,
  ) {
    this.words = text.match(/[()]|[^\s()]+/g) ?? [];
  }

  read(): Expression {
    const expression = this.disjunction();
    const left = this.words[this.at];
    if (left !== undefined) throw new Fault(`"${left}" is not expected here; join it with "and" or "or"`);
    return expression;
  }

  private disjunction(): Expression {
    return this.chain('or', () => this.chain('and', () => this.negation()));
  }

  private chain(kind: 'and' | 'or', operand: () => Expression): Expression {
    const of = [operand()];
    while (this.isKeyword(kind)) {
      this.at++;
      of.push(operand());
    }
    return of.length === 1 ? of[0]! : { kind, of };
  }

  private negation(): Expression {
    if (!this.isKeyword('not')) return this.operand();
    this.at++;
    return this.nested(() => ({ kind: 'not', of: this.negation() }));
  }

  private operand(): Expression {
    const word = this.words[this.at++];
    if (word === undefined) throw new Fault('the condition ends where the name of a search is expected');
    if (word === ')') throw new Fault('")" stands where the name of a search is expected');
    if (word === '(') return this.nested(() => this.group());
    if (this.words[this.at]?.toLowerCase() === 'of') return this.quantifier(word);
    const search = this.searches.get(word);
    if (!search) throw new Fault(`the condition names "${word}", which is not defined ${this.where}${this.known()}`);
    this.budget.use(search);
    return search;
  }

  private group(): Expression {
    const inner = this.disjunction();
    if (this.words[this.at++] !== ')') throw new Fault('a ")" is missing in the condition');
    return inner;
  }

  private quantifier(count: string): Expression {
    const quantity = count.toLowerCase();
    if (!quantities.includes(quantity)) throw new Fault(`"${count} of" is not known; write "1 of" or "all of"`);
    const pattern = this.words[++this.at];
    this.at++;
    if (pattern === undefined) throw new Fault(`"${count} of" needs "them" or a name such as selection_*`);
    if (/[?\\]/.test(pattern)) throw new Fault(`"${pattern}" is no pattern of names; its only wildcard is *`);
    const of = this.matching(pattern);
    if (of.length === 0) throw new Fault(`"${count} of ${pattern}" names no search ${this.where}${this.known()}`);
    return { kind: quantity === 'all' ? 'and' : 'or', of };
  }

  private matching(pattern: string): Expression[] {
    const them = pattern.toLowerCase() === 'them' && !this.searches.has(pattern);
    const wanted = compileWildcard(parseWildcard(them ? '*' : pattern));
    const hidden = pattern.startsWith('_');
    const found = [...this.searches].filter(([name]) => wanted(name) && (hidden || !name.startsWith('_')));
    for (const [, search] of found) this.budget.use(search);
    return found.map(([, search]) => search);
  }

  private isKeyword(keyword: string): boolean {
    const word = this.words[this.at];
    return word !== undefined && word.toLowerCase() === keyword && !this.searches.has(word);
  }

  private nested(read: () => Expression): Expression {
    if (++this.depth > limits.conditionDepth) {
      throw new Fault(`the condition is nested deeper than ${limits.conditionDepth} levels; simplify it`);
    }
    const inner = read();
    this.depth--;
    return inner;
  }

  private known(): string {
    return ` (defined: ${[...this.searches.keys()].slice(0, 10).join(', ')})`;
  }
}
