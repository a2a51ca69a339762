import type { Expression, Test } from './expression.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';

/** How many values a test stands for, and how many lists of them. */
export const testSize = (test: Test): number =>
  test.op === 'any' ? test.of.reduce((sum, one) => sum + testSize(one), 1) : 1;

/** How many values an expression is held against, and how many parts it has. */
export function sizeOf(expression: Expression): number {
  if (expression.kind === 'not') return 1 + sizeOf(expression.of);
  if (expression.kind === 'item') return expression.tests.reduce((sum, test) => sum + testSize(test), 1);
  return expression.of.reduce((sum, one) => sum + sizeOf(one), 1);
}

/** What the rules of one file have left to spend, so that no short text becomes endless work. */
export class Budget {
  private left = limits.tests;
  private readonly sizes = new Map<Expression, number>();

  /** @throws Fault when nothing is left */
  spend(tests: number): void {
    this.left -= tests;
    if (this.left < 0) {
      throw new Fault(`the rules of the file make more than ${limits.tests} values; split the file or simplify them`);
    }
  }

  /** Spends what a search costs each time a condition uses it. */
  use(search: Expression): void {
    const size = this.sizes.get(search) ?? sizeOf(search);
    this.sizes.set(search, size);
    this.spend(size);
  }
}
