import type { Expression, Item } from '#sigma/expression.js';

/** Whether any event ever had the field; what is not known counts as seen. */
export type Seen = (field: string) => boolean;

/** An item holds for a field that is not there only if that is what it asks for. */
const wantsAbsent = ({ tests, every }: Item): boolean => {
  const absent = (test: Item['tests'][number]) => test.op === 'null' || (test.op === 'exists' && !test.expected);
  return every ? tests.every(absent) : tests.some(absent);
};

/** Whether an expression can hold for any event, given which fields events have. False only if it never can. */
export function canHold(expression: Expression, seen: Seen): boolean {
  if (expression.kind === 'item') {
    return expression.field === null || seen(expression.field) || wantsAbsent(expression);
  }
  if (expression.kind === 'not') return !mustHold(expression.of, seen);
  const can = (one: Expression) => canHold(one, seen);
  return expression.kind === 'and' ? expression.of.every(can) : expression.of.some(can);
}

/** Whether an expression holds for every event, given which fields events have; true only if that is certain. */
function mustHold(expression: Expression, seen: Seen): boolean {
  if (expression.kind === 'item') {
    return expression.field !== null && !seen(expression.field) && wantsAbsent(expression);
  }
  if (expression.kind === 'not') return !canHold(expression.of, seen);
  const must = (one: Expression) => mustHold(one, seen);
  return expression.kind === 'and' ? expression.of.every(must) : expression.of.some(must);
}
