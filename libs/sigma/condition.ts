import type { Expression } from './expression.js';
import { Fault } from './fault.js';
import { compileWildcard, parseWildcard } from './wildcard.js';

const maxDepth = 50;
const maxLength = 10_000;

/**
 * Reads a condition over named searches. Precedence, weakest first: `or`, `and`, `not`, `1 of` / `all of`,
 * parentheses (Sigma rules specification 2.1, "Condition").
 */
export function parseCondition(
  text: string,
  searches: ReadonlyMap<string, Expression>,
  where = 'under "detection"',
): Expression {
  if (text.length > maxLength) throw new Fault(`the condition is longer than ${maxLength} characters; split the rule`);
  const reader = new ConditionReader(text, searches, where);
  return reader.read();
}

class ConditionReader {
  private readonly words: string[];
  private at = 0;
  private depth = 0;

  constructor(
    text: string,
    private readonly searches: ReadonlyMap<string, Expression>,
    private readonly where: string,
  ) {
    if (text.includes('|')) {
      throw new Fault('aggregations after "|" were removed from Sigma; write a correlation document instead');
    }
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
    if (this.words[this.at]?.toLowerCase() === 'of' && !this.searches.has(word)) return this.quantifier(word);
    const search = this.searches.get(word);
    if (!search) throw new Fault(`the condition names "${word}", which is not defined ${this.where}${this.known()}`);
    return search;
  }

  private group(): Expression {
    const inner = this.disjunction();
    if (this.words[this.at++] !== ')') throw new Fault('a ")" is missing in the condition');
    return inner;
  }

  private quantifier(count: string): Expression {
    const quantity = count.toLowerCase();
    if (!['1', 'any', 'all'].includes(quantity)) {
      throw new Fault(`"${count} of" is not known; write "1 of" or "all of"`);
    }
    const pattern = this.words[++this.at];
    this.at++;
    if (pattern === undefined) throw new Fault(`"${count} of" needs "them" or a name such as selection_*`);
    const of = this.matching(pattern);
    if (of.length === 0) throw new Fault(`"${count} of ${pattern}" names no search ${this.where}${this.known()}`);
    return { kind: quantity === 'all' ? 'and' : 'or', of };
  }

  private matching(pattern: string): Expression[] {
    const them = pattern.toLowerCase() === 'them' && !this.searches.has(pattern);
    const wanted = compileWildcard(parseWildcard(pattern));
    return [...this.searches]
      .filter(([name]) => (them ? !name.startsWith('_') : wanted(name)))
      .map(([, search]) => search);
  }

  private isKeyword(keyword: string): boolean {
    const word = this.words[this.at];
    return word !== undefined && word.toLowerCase() === keyword && !this.searches.has(word);
  }

  private nested(read: () => Expression): Expression {
    if (++this.depth > maxDepth) throw new Fault(`the condition is nested deeper than ${maxDepth} levels; simplify it`);
    const inner = read();
    this.depth--;
    return inner;
  }

  private known(): string {
    return ` (defined: ${[...this.searches.keys()].slice(0, 10).join(', ')})`;
  }
}
