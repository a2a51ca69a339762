import { Fault } from '#sigma/fault.js';

type Linked<C> = { conditions: ReadonlyMap<string, C>; op: 'and' | 'or'; not: boolean; expr: string | undefined };
type Holds = (name: string) => boolean;
type Tree = (holds: Holds) => boolean;

/** Joins conditions as `..._op`, `..._not` and `..._expr` say; none holds always. @throws Fault when `expr` is wrong */
export function joinConditions<C>({ conditions, op, not, expr }: Linked<C>): (holds: (one: C) => boolean) => boolean {
  if (conditions.size === 0) return () => true;
  if (expr === undefined) {
    const all = [...conditions.values()];
    return (holds) => (op === 'and' ? all.every(holds) : all.some(holds)) !== not;
  }
  const reader = new ExpressionReader(expr);
  const tree = reader.read();
  const unknown = [...reader.names].find((name) => !conditions.has(name));
  if (unknown !== undefined) throw new Fault(`the expression names "${unknown}", which is none of the conditions`);
  const unused = [...conditions.keys()].find((name) => !reader.names.has(name));
  if (unused !== undefined) throw new Fault(`the expression does not name the condition "${unused}"; use or remove it`);
  return (holds) => tree((name) => holds(conditions.get(name)!)) !== not;
}

const maxDepth = 50;

/** `or` binds weaker than `and`, `and` weaker than `not`; names are of letters, digits, `_` and `-`. */
class ExpressionReader {
  readonly names = new Set<string>();
  private readonly words: string[];
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.words = text.match(/[\w-]+|\S/g) ?? [];
  }

  read(): Tree {
    const tree = this.any();
    const left = this.words[this.at];
    if (left !== undefined) throw new Fault(`"${left}" is not expected here; join it with "and" or "or"`);
    return tree;
  }

  private any(): Tree {
    const of = [this.all()];
    while (this.take('or')) of.push(this.all());
    return (holds) => of.some((one) => one(holds));
  }

  private all(): Tree {
    const of = [this.one()];
    while (this.take('and')) of.push(this.one());
    return (holds) => of.every((one) => one(holds));
  }

  private one(): Tree {
    if (++this.depth > maxDepth) throw new Fault(`the expression is nested deeper than ${maxDepth} levels`);
    const tree = this.operand();
    this.depth--;
    return tree;
  }

  private operand(): Tree {
    if (this.take('not')) {
      const inner = this.one();
      return (holds) => !inner(holds);
    }
    if (this.take('(')) {
      const inner = this.any();
      if (!this.take(')')) throw new Fault('a ")" is missing in the expression');
      return inner;
    }
    const name = this.words[this.at++];
    if (name === undefined || !/^[\w-]+$/.test(name)) throw new Fault('the name of a condition is missing');
    this.names.add(name);
    return (holds) => holds(name);
  }

  private take(word: string): boolean {
    const found = this.words[this.at] === word;
    if (found) this.at++;
    return found;
  }
}
