import { invalid } from '#platform/errors.js';

/**
 * What an analyst asks for:
 * `failed password` words · `"program download"` a phrase · `user.name:root` · `user.name:(root OR admin)` ·
 * `host.name:plc*` a beginning · `file.path:*` any value · `source.ip:10.0.0.0/8` · `ot.function_code>=5` ·
 * `-term` or `NOT term` · `a b` both · `a OR b` · parentheses.
 */
export type Filter =
  | { kind: 'all' }
  | { kind: 'and' | 'or'; parts: Filter[] }
  | { kind: 'not'; part: Filter }
  | { kind: 'words' | 'phrase' | 'beginning'; text: string }
  | { kind: 'is' | 'starts'; field: string; value: string }
  | { kind: 'exists'; field: string }
  | { kind: 'range'; field: string; operator: RangeOperator; value: string };

export type RangeOperator = '>' | '>=' | '<' | '<=';

type Token =
  | { kind: '(' | ')' | '-' | 'OR' | 'AND' }
  | { kind: 'field'; field: string; operator: string }
  | { kind: 'word' | 'phrase'; text: string };

const MAX_TOKENS = 200;
const MAX_DEPTH = 20;
const RANGES: readonly string[] = ['>', '>=', '<', '<='] satisfies RangeOperator[];
const PATTERNS = {
  space: /\s+/y,
  bracket: /[()]/y,
  minus: /-(?=[^\s)])/y,
  field: /(@?[A-Za-z_][\w@.-]*)(:|>=|<=|>|<)/y,
  phrase: /"((?:[^"\\]|\\.)*)"/sy,
  word: /(?:[^\s()"\\]|\\.)+/sy,
};

/** @throws UserError 400 that says what is wrong and where */
export function parseFilter(text: string): Filter {
  return new Parser(tokens(text)).whole();
}

function tokens(text: string): Token[] {
  const reader = new Reader(text);
  const found: Token[] = [];
  for (let token = reader.next(); token; token = reader.next(found.at(-1)?.kind === 'field')) {
    found.push(token);
    if (found.length > MAX_TOKENS) throw invalid('q', `has more than ${MAX_TOKENS} terms`);
  }
  return found;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** @param value behind a field everything up to the next space is its value: `source.ip:fe80::1`, `x>=-5` */
  next(value = false): Token | undefined {
    this.take(PATTERNS.space);
    if (this.at === this.text.length) return undefined;
    const bracket = this.take(PATTERNS.bracket)?.[0];
    if (bracket) return { kind: bracket === '(' ? '(' : ')' };
    if (!value && this.take(PATTERNS.minus)) return { kind: '-' };
    const field = value ? null : this.take(PATTERNS.field);
    if (field) return { kind: 'field', field: field[1] ?? '', operator: field[2] ?? ':' };
    const phrase = this.take(PATTERNS.phrase);
    if (phrase) return { kind: 'phrase', text: unescape(phrase[1] ?? '') };
    return this.word();
  }

  private word(): Token {
    const start = this.at;
    const word = this.take(PATTERNS.word)?.[0];
    if (word === undefined)
      throw invalid('q', `cannot be read from character ${start + 1}: ${this.text.slice(start, start + 20)}`);
    if (word === 'OR' || word === 'AND') return { kind: word };
    return word === 'NOT' ? { kind: '-' } : { kind: 'word', text: word };
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Filter {
    if (this.tokens.length === 0) return { kind: 'all' };
    const filter = this.either(0);
    if (this.peek()) throw invalid('q', "has a ')' without '('");
    return filter;
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private skip(kind: Token['kind']): boolean {
    if (this.peek()?.kind !== kind) return false;
    this.at += 1;
    return true;
  }

  private either(depth: number, field?: string): Filter {
    if (depth > MAX_DEPTH) throw invalid('q', `is nested deeper than ${MAX_DEPTH}`);
    const parts = [this.both(depth, field)];
    while (this.skip('OR')) parts.push(this.both(depth, field));
    return group('or', parts);
  }

  private both(depth: number, field?: string): Filter {
    const parts = [this.one(depth, field)];
    for (let token = this.peek(); token && token.kind !== ')' && token.kind !== 'OR'; token = this.peek()) {
      this.skip('AND');
      parts.push(this.one(depth, field));
    }
    return group('and', parts);
  }

  private one(depth: number, field?: string): Filter {
    if (this.skip('-')) return { kind: 'not', part: this.one(depth + 1, field) };
    if (this.skip('(')) {
      const inner = this.either(depth + 1, field);
      if (!this.skip(')')) throw invalid('q', "has a '(' without ')'");
      return inner;
    }
    const token = this.peek();
    this.at += 1;
    if (token?.kind === 'field' && field === undefined) return this.ofField(token, depth);
    if (token?.kind === 'word') return field === undefined ? ofText(token.text) : ofWord(field, token.text);
    if (token?.kind === 'phrase')
      return field === undefined ? { kind: 'phrase', text: token.text } : { kind: 'is', field, value: token.text };
    throw invalid('q', token ? `has a ${token.kind} where a term is expected` : 'ends where a term is expected');
  }

  private ofField({ field, operator }: { field: string; operator: string }, depth: number): Filter {
    if (!isRange(operator)) return this.one(depth + 1, field);
    const value = this.peek();
    if (value?.kind !== 'word' && value?.kind !== 'phrase') throw invalid('q', `${field}${operator} needs a value`);
    this.at += 1;
    return { kind: 'range', field, operator, value: value.kind === 'word' ? unescape(value.text) : value.text };
  }
}

function isRange(operator: string): operator is RangeOperator {
  return RANGES.includes(operator);
}

function group(kind: 'and' | 'or', parts: Filter[]): Filter {
  const [first] = parts;
  return parts.length === 1 && first ? first : { kind, parts };
}

function ofText(text: string): Filter {
  if (endsOpen(text)) return { kind: 'beginning', text: unescape(text.slice(0, -1)) };
  return { kind: 'words', text: unescape(text) };
}

function ofWord(field: string, text: string): Filter {
  if (text === '*') return { kind: 'exists', field };
  if (endsOpen(text)) return { kind: 'starts', field, value: unescape(text.slice(0, -1)) };
  return { kind: 'is', field, value: unescape(text) };
}

function endsOpen(text: string): boolean {
  return /[^\\]\*$/.test(text);
}
