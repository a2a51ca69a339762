import type { Explained, ExplainedItem, ExplainedValue, Explanation } from './explain.js';

/** Characters of one value that are shown. */
const longest = 160;

const mark = (matched: boolean): string => (matched ? '✓' : '✗');

/** On one line of a terminal, whatever the event's sender wrote. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const visible = text.replace(/\p{C}/gu, (one) => `\\u{${one.codePointAt(0)!.toString(16)}}`);
  return visible.length > longest ? `${visible.slice(0, longest)}… (${text.length} characters)` : visible;
}

const foundIn = (found: unknown): string => {
  if (found === undefined) return 'not in the event';
  if (!Array.isArray(found)) return `event: ${shown(found)}`;
  return found.length === 0 ? 'event: none' : `event: ${found.map(shown).join(' | ')}`;
};

function valueLine({ modifiers, value, matched }: ExplainedValue, common: string): string {
  return `${mark(matched)} ${modifiers === common ? '' : `${modifiers} `}${shown(value)}`;
}

function itemLines({ matched, field, every, values, found }: ExplainedItem): string[] {
  const common = values[0]?.modifiers ?? '';
  const head = `${field ?? 'keywords'}${common}${every ? '|all' : ''}`;
  const end = foundIn(found);
  if (values.length === 1) return [`${mark(matched)} ${head}: ${shown(values[0]!.value)}   (${end})`];
  // Of a long list of alternatives those that matched say all.
  const telling = every || !matched ? values : values.filter((one) => one.matched);
  const left = values.length - telling.length;
  return [
    `${mark(matched)} ${head}: ${every ? 'all' : 'one'} of ${values.length}   (${end})`,
    ...telling.map((one) => `  ${valueLine(one, common)}`),
    ...(left > 0 ? [`  … and not the other ${left}`] : []),
  ];
}

const indent = (lines: string[]): string[] => lines.map((line) => `  ${line}`);

function partLines(part: Explained): string[] {
  if (part.kind === 'item') return itemLines(part);
  if (part.kind === 'not') return [`${mark(part.matched)} not`, ...indent(partLines(part.of))];
  const [only] = part.of;
  if (part.of.length === 1 && only) {
    if (part.name === undefined) return partLines(only);
    // A search holds one map or one list: the name goes before it.
    if ((only.kind === 'and' || only.kind === 'or') && only.name === undefined) {
      return partLines({ ...only, name: part.name });
    }
  }
  const joined = part.kind === 'and' ? 'all of' : 'one of';
  const head = part.name === undefined ? joined : `${part.name}: ${joined}`;
  return [`${mark(part.matched)} ${head}`, ...indent(part.of.flatMap(partLines))];
}

/** The explanation for a terminal: a line for each part, indented, ✓ what matched and ✗ what did not. */
export function explanationText({ rule, title, matched, logsource, detection }: Explanation): string {
  const parts = [
    ...(logsource ? [`${mark(logsource.matched)} log source`, ...indent(partLines(logsource))] : []),
    ...partLines(detection),
  ];
  return [`${mark(matched)} ${title} (${rule})`, ...indent(parts)].join('\n');
}
