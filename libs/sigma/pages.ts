import { isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml';
import type { SigmaError } from './document.js';

type Path = readonly PropertyKey[];

/** One YAML document of a file, with the way back from a path in it to a line of the file (from 1). */
export type Page = { value: unknown; line: number; lineOf(path: Path): number };

const maxSize = 1_048_576;
const maxAliases = 50;

/** The offset of the deepest part of `path` that exists. */
function offsetOf(node: unknown, path: Path): number | undefined {
  const [step, ...rest] = path;
  const own = (node as Node | null)?.range?.[0];
  if (step === undefined) return own;
  if (isSeq(node)) return offsetOf(node.items[Number(step)], rest) ?? own;
  if (!isMap(node)) return own;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
  if (!isPair(pair)) return undefined;
  const inner = rest.length > 0 ? offsetOf(pair.value, rest) : undefined;
  return inner ?? (pair.key as Node).range?.[0];
}

function explain(problem: string): string {
  if (problem.includes('call stack')) return 'the file is nested too deeply; flatten it';
  return problem.includes('alias') ? `YAML: ${problem}; write the values out` : `YAML: ${problem}`;
}

/** Reads every YAML document of a text. Safe: no tags of its own, aliases and size limited. */
export function readPages(text: string, file: string): { pages: Page[]; errors: SigmaError[] } {
  const refuse = (line: number, message: string) => ({ pages: [], errors: [{ file, line, message }] });
  if (text.length > maxSize) return refuse(1, `the file is larger than ${maxSize} characters; split it`);
  const lines = new LineCounter();
  const pages: Page[] = [];
  const errors: SigmaError[] = [];
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
    if (documents.length === 0) return refuse(1, 'the file is empty; write a Sigma rule');
    for (const document of documents as Document.Parsed[]) {
      // Later YAML errors mostly follow from the first.
      const problem = document.errors[0] ?? document.warnings[0];
      if (problem) {
        errors.push({ file, line: lines.linePos(problem.pos[0]).line, message: explain(problem.message) });
        continue;
      }
      const lineOf = (path: Path) =>
        lines.linePos(offsetOf(document.contents, path) ?? document.contents?.range[0] ?? 0).line;
      pages.push({ value: document.toJS({ maxAliasCount: maxAliases }), line: lineOf([]), lineOf });
    }
  } catch (error) {
    if (error instanceof RangeError || error instanceof ReferenceError) return refuse(1, explain(error.message));
    throw error;
  }
  return { pages, errors };
}
