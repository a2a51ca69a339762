/** What the whole of YAML knows and this reader does not; the text then goes to the library. */
const beyond = Symbol('beyond plain YAML');

const maxDepth = 20;
const key = /(?:([A-Za-z_][\w.|-]*)|'([^'\n]+)'):(?= |\n|$)/y;
const constants = new Map<string, boolean | null>([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const usualNumber = /^(?:0|[1-9]\d{0,14})$/;
/** Every other number of YAML's core schema, where what is written is not what JavaScript writes. */
const oddNumber =
  /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** What a plain scalar may begin with in every context. */
const plainStart = /[^\s\-?:,[\]{}#&*!|>'"%@`]/;

/** Block maps and lists with scalars on one line, read line by line: `at` to `end` is what the current line says. */
class PlainReader {
  private at = 0;
  private end = 0;
  private next = 0;
  private indent = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  read(): { value: unknown; offset: number } {
    this.advance();
    const offset = this.at;
    if (this.indent !== 0) throw beyond;
    const value = this.block();
    if (this.indent >= 0) throw beyond;
    return { value, offset };
  }

  /** Goes to the next line that says something; `indent` is -1 after the last. */
  private advance(): void {
    const { text } = this;
    while (this.next < text.length) {
      const from = this.next;
      const stop = text.indexOf('\n', from);
      this.end = stop < 0 ? text.length : stop;
      this.next = this.end + 1;
      this.at = from;
      while (text.charCodeAt(this.at) === 32) this.at++;
      if (this.at >= this.end || text.charAt(this.at) === '#') continue;
      this.indent = this.at - from;
      while (text.charCodeAt(this.end - 1) === 32) this.end--;
      return;
    }
    this.indent = -1;
  }

  private block(): unknown {
    if (++this.depth > maxDepth) throw beyond;
    const value = this.isEntry() ? this.list(this.indent) : this.map(this.indent);
    this.depth--;
    return value;
  }

  private isEntry(): boolean {
    return this.text.charAt(this.at) === '-' && (this.at + 1 === this.end || this.text.charAt(this.at + 1) === ' ');
  }

  private map(indent: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    do {
      const name = this.key();
      if (name === null || name === '__proto__' || Object.hasOwn(map, name)) throw beyond;
      map[name] = this.entry(indent, true);
    } while (this.indent === indent);
    if (this.indent > indent) throw beyond;
    return map;
  }

  /** Reads a key and steps behind it. */
  private key(): string | null {
    key.lastIndex = this.at;
    const found = key.exec(this.text);
    if (!found || key.lastIndex > this.end) return null;
    this.at = key.lastIndex;
    return found[1] ?? found[2]!;
  }

  private list(indent: number): unknown[] {
    const list: unknown[] = [];
    do {
      if (!this.isEntry()) break;
      this.at++;
      list.push(this.entry(indent, false));
    } while (this.indent === indent);
    if (this.indent > indent) throw beyond;
    return list;
  }

  /** What stands behind a key or a dash, on the same line or below. */
  private entry(indent: number, keyed: boolean): unknown {
    const lineStart = this.at;
    while (this.at < this.end && this.text.charAt(this.at) === ' ') this.at++;
    if (this.at >= this.end || this.text.charAt(this.at) === '#') {
      this.advance();
      const below = this.indent > indent || (keyed && this.indent === indent && this.isEntry());
      return below ? this.block() : null;
    }
    if (!keyed) {
      if (this.isEntry()) throw beyond;
      const column = indent + 1 + (this.at - lineStart);
      const start = this.at;
      if (this.key() !== null) {
        this.at = start;
        this.indent = column;
        return this.block();
      }
    }
    const value = this.text.charAt(this.at) === '|' ? this.literal(indent) : this.scalar();
    if (this.indent > indent) throw beyond;
    return value;
  }

  private scalar(): unknown {
    const first = this.text.charAt(this.at);
    const value = first === "'" || first === '"' ? this.quoted(first) : this.plain(first);
    this.advance();
    return value;
  }

  private quoted(quote: string): string {
    const { text, end } = this;
    const from = this.at + 1;
    let close = text.indexOf(quote, from);
    while (quote === "'" && text.charAt(close + 1) === "'" && close >= 0) close = text.indexOf(quote, close + 2);
    if (close < 0 || close >= end) throw beyond;
    const rest = text.slice(close + 1, end);
    if (rest !== '' && !/^ +#/.test(rest)) throw beyond;
    const inner = text.slice(from, close);
    if (quote === '"' && inner.includes('\\')) throw beyond;
    return quote === "'" && inner.includes("'") ? inner.replaceAll("''", "'") : inner;
  }

  private plain(first: string): unknown {
    if (!plainStart.test(first)) throw beyond;
    let text = this.text.slice(this.at, this.end);
    const comment = text.indexOf(' #');
    if (comment >= 0) text = text.slice(0, comment).trimEnd();
    if (text.endsWith(':') || text.includes(': ')) throw beyond;
    if (usualNumber.test(text)) return Number(text);
    if (oddNumber.test(text)) throw beyond;
    const constant = constants.get(text);
    return constant === undefined ? text : constant;
  }

  /** A `|` block without further indicators. */
  private literal(indent: number): string {
    if (this.end - this.at > 1) throw beyond;
    const { text } = this;
    const lines: string[] = [];
    let column = -1;
    while (this.next < text.length) {
      const from = this.next;
      const end = text.indexOf('\n', from);
      let at = from;
      while (text.charCodeAt(at) === 32) at++;
      const blank = at === end || at === text.length;
      if (column < 0 && !blank) column = at - from;
      if (column < 0 || column <= indent || (blank && at - from > column)) throw beyond;
      if (!blank && at - from < column) break;
      if (end < 0) throw beyond;
      lines.push(blank ? '' : text.slice(from + column, end));
      this.next = end + 1;
    }
    if (column < 0) throw beyond;
    this.advance();
    return `${lines.join('\n').replace(/\n+$/, '')}\n`;
  }
}

/**
 * Reads the plain way in which nearly every rule is written, several times faster than the library: one document of block
 * maps and lists, scalars on one line and `|` blocks. Null for every other text, right or wrong; what it reads it reads as
 * the library does. `offset` is where the document begins.
 */
export function readPlainYaml(text: string): { value: unknown; offset: number } | null {
  if (/[\t\r\uFEFF\u0085\u2028\u2029]/.test(text)) return null;
  try {
    return new PlainReader(text).read();
  } catch (error) {
    if (error === beyond) return null;
    throw error;
  }
}
