import {
  CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Scalar,
} from 'yaml';
import type { SigmaError } from './document.js';
import { Fault } from './fault.js';
import { limits } from './limits.js';
import type { Page, Pages, Path } from './pages.js';

/** The node that stands deepest on the path, and where what the path names begins. */
function locate(node: unknown, path: Path): { node: unknown; offset: number | undefined } {
  const [step, ...rest] = path;
  const own = { node, offset: (node as Node | null)?.range?.[0] };
  if (step === undefined) return own;
  const pair = isMap(node) ? node.items.find((item) => keyOf(item.key) === String(step)) : undefined;
  const child: unknown = isSeq(node) ? node.items[Number(step)] : pair?.value;
  if (child === undefined && !pair) return isMap(node) ? { node: null, offset: undefined } : own;
  const inner = rest.length > 0 || isSeq(node) ? locate(child, rest) : { node: child, offset: undefined };
  return { node: inner.node, offset: inner.offset ?? (pair?.key as Node | undefined)?.range?.[0] ?? own.offset };
}

const sourceOf = (node: Scalar): string => (node.type === 'PLAIN' ? (node.source ?? '') : String(node.value));

/** A key as text: 4625 and true name fields too. */
const keyOf = (key: unknown): string | null => (isScalar(key) ? sourceOf(key) : null);

const tooMany = `the file has more than ${limits.documents} documents; split it`;
const tooDeep = `maps and lists stand deeper than ${limits.depth} levels; flatten them`;

/** Where a document cannot be read; `node` is what is wrong. */
class Misplaced extends Fault {
  constructor(
    message: string,
    readonly node: unknown,
  ) {
    super(message);
  }
}

/** Nodes as plain values. Aliases share what they repeat, and count it again. */
class Converter {
  private nodes = 0;
  private readonly anchors = new Map<string, { value: unknown; nodes: number }>();

  convert(node: unknown, depth = 0): unknown {
    if (depth > limits.depth) throw new Misplaced(tooDeep, node);
    if (isAlias(node)) return this.repeat(node.source, node);
    const before = this.nodes++;
    const value = this.content(node, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor) this.anchors.set(anchor, { value, nodes: this.nodes - before });
    return value;
  }

  private content(node: unknown, depth: number): unknown {
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => this.convert(item, depth + 1));
    if (!isMap(node)) return null;
    const map: Record<string, unknown> = {};
    for (const pair of node.items) {
      const key = isPair(pair) ? keyOf(pair.key) : null;
      if (key === null || key === '') throw new Misplaced('a key must be text', pair.key ?? node);
      if (key === '__proto__') throw new Misplaced('no key can be called "__proto__"', pair.key);
      if (Object.hasOwn(map, key)) throw new Misplaced(`the key "${key}" stands twice; remove one`, pair.key);
      map[key] = this.convert(pair.value, depth + 1);
    }
    return map;
  }

  private repeat(name: string, node: unknown): unknown {
    const anchor = this.anchors.get(name);
    if (!anchor) throw new Misplaced(`the alias "*${name}" stands inside what it repeats; write the values out`, node);
    this.nodes += anchor.nodes;
    if (this.nodes > limits.nodes) {
      throw new Misplaced(`aliases make more than ${limits.nodes} values; write the values out`, node);
    }
    return anchor.value;
  }
}

/** What is wrong with the document as YAML; later errors mostly follow from the first. */
function problemOf(document: Document.Parsed): { offset: number; message: string } | null {
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    // The library goes into itself at every level.
    const message = problem.message.includes('call stack') ? tooDeep : `YAML: ${problem.message}`;
    return { offset: problem.pos[0], message };
  }
  const { yaml } = document.directives;
  if (yaml.explicit && yaml.version !== '1.2') {
    return { offset: document.range[0], message: `Sigma is written in YAML 1.2; remove "%YAML ${yaml.version}"` };
  }
  return null;
}

function toPage(document: Document.Parsed, lines: LineCounter): Page {
  const start = document.contents?.range[0] ?? document.range[0];
  const lineOf = (path: Path) => lineAt(lines, locate(document.contents, path).offset ?? start);
  const written = (path: Path): string | undefined => {
    const { node } = locate(document.contents, path);
    return isScalar(node) && node.type === 'PLAIN' ? node.source : undefined;
  };
  return { value: new Converter().convert(document.contents), line: lineAt(lines, start), lineOf, written };
}

const lineAt = (lines: LineCounter, offset: number): number => Math.max(1, lines.linePos(offset).line);

const silent = new Set<string | null>([
  'space',
  'newline',
  'comment',
  'doc-mode',
  'scalar',
  'byte-order-mark',
  'flow-error-end',
]);

/** Why the text would be too much work for the library, which stops nowhere by itself. */
function excess(text: string): string | null {
  let tokens = 0;
  let documents = 1;
  let depth = 0;
  for (const source of new Lexer().lex(text)) {
    const type = CST.tokenType(source);
    if (type === 'doc-start' || type === 'doc-end') documents++;
    else if (!silent.has(type)) tokens++;
    if (type === 'flow-seq-start' || type === 'flow-map-start') depth++;
    if (type === 'flow-seq-end' || type === 'flow-map-end') depth--;
    if (depth > limits.depth) return tooDeep;
    if (documents > limits.documents) return tooMany;
    if (tokens > limits.tokens) return `the file has more than ${limits.tokens} YAML tokens; split it`;
  }
  return null;
}

/** Reads every document of a text with the whole of YAML 1.2; see readPages, which is what to call. */
export function readYaml(text: string, file: string): Pages {
  const refuse = (message: string): Pages => ({ pages: [], errors: [{ file, line: 1, message }] });
  const reason = text.length > limits.small ? excess(text) : null;
  if (reason !== null) return refuse(reason);
  const lines = new LineCounter();
  const pages: Page[] = [];
  const errors: SigmaError[] = [];
  try {
    const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, version: '1.2' } as const;
    const documents = parseAllDocuments(text, options);
    if (documents.length === 0) return refuse('the file is empty; write a Sigma rule');
    if (documents.length > limits.documents) return refuse(tooMany);
    for (const document of documents as Document.Parsed[]) {
      const problem = problemOf(document);
      if (problem) {
        errors.push({ file, line: lineAt(lines, problem.offset), message: problem.message });
        continue;
      }
      try {
        pages.push(toPage(document, lines));
      } catch (error) {
        if (!(error instanceof Misplaced)) throw error;
        const offset = (error.node as Node | null)?.range?.[0] ?? document.range[0];
        errors.push({ file, line: lineAt(lines, offset), message: error.message });
      }
    }
  } catch (error) {
    if (error instanceof RangeError) return refuse(tooDeep);
    throw error;
  }
  return { pages, errors };
}
