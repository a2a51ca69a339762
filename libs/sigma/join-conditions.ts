import { parseCondition } from './condition.js';
import type { Expression } from './expression.js';
import { Fault } from './fault.js';

type Linked<C> = { conditions: ReadonlyMap<string, C>; op: 'and' | 'or'; not: boolean; expr: string | undefined };

/** Joins conditions as `..._op`, `..._not` and `..._expr` say; none holds always. @throws Fault when `expr` is wrong */
export function joinConditions<C>({
  conditions,
  op: how,
  not,
  expr,
}: Linked<C>): (holds: (one: C) => boolean) => boolean {
  if (conditions.size === 0) return () => true;
  if (expr === undefined) {
    const all = [...conditions.values()];
    return (holds) => (how === 'and' ? all.every(holds) : all.some(holds)) !== not;
  }
  checkNames(expr, conditions);
  const named = new Map(
    [...conditions.keys()].map((name) => [name, { kind: 'and', name, of: [] } satisfies Expression]),
  );
  const tree = parseCondition(expr, named);
  return (holds) => evaluate(tree, (name) => holds(conditions.get(name)!)) !== not;
}

function evaluate(expression: Expression, holds: (name: string) => boolean): boolean {
  if (expression.kind === 'not') return !evaluate(expression.of, holds);
  if (expression.kind === 'item') return false;
  if (expression.name !== undefined) return holds(expression.name);
  return expression.kind === 'and'
    ? expression.of.every((one) => evaluate(one, holds))
    : expression.of.some((one) => evaluate(one, holds));
}

const keywords = ['and', 'or', 'not'];

function checkNames(expr: string, conditions: ReadonlyMap<string, unknown>): void {
  const names = new Set(expr.match(/[^\s()]+/g)?.filter((word) => !keywords.includes(word.toLowerCase())));
  const unknown = [...names].find((name) => !conditions.has(name));
  if (unknown !== undefined) throw new Fault(`the expression names "${unknown}", which is none of the conditions`);
  const unused = [...conditions.keys()].find((name) => !names.has(name));
  if (unused !== undefined) throw new Fault(`the expression does not name the condition "${unused}"; use or remove it`);
}
