import { compileRuleset } from '#engine/ruleset.js';
import type { SigmaDocument, SigmaRule } from '#sigma/document.js';
import type { Expression, Item, Test } from '#sigma/expression.js';

const HEAVY = 65_536;
const BAR = 50;
const TRIES = 7;

/** The same rules under other ids, looking for texts that no event has: their quoted and listed values get a tail. */
export function strangers(texts: readonly string[], tail = 'qz'): string[] {
  return texts.map((text) =>
    text
      .replace(/^id: .*$/m, (line) => `${line}-${tail}`)
      .replace(/^name: .*$/m, '')
      .replace(/^(\s+- '[^'\n]+)'$/gm, `$1${tail}'`)
      .replace(/^( {8}[\w|.]+: '[^'\n]+)'$/gm, `$1${tail}'`),
  );
}

/** The slowest single rules over events of 64 KB that hold what the rule itself looks for, again and again. */
export function heavyRules(documents: readonly SigmaDocument[]): object {
  const rules = documents.filter((document): document is SigmaRule => document.kind === 'rule');
  const figures = rules.map((rule) => ({ id: rule.id, microseconds: slowest(rule) }));
  const sorted = figures.toSorted((a, b) => b.microseconds - a.microseconds);
  return {
    rules: rules.length,
    over: sorted.filter(({ microseconds }) => microseconds > BAR).length,
    median: sorted[sorted.length >> 1]!.microseconds,
    worst: sorted.slice(0, 10),
  };
}

function slowest(rule: SigmaRule): number {
  const ruleset = compileRuleset([rule]);
  return Math.max(...eventsFor(rule).map((event) => timed(() => ruleset.match(event))));
}

function timed(work: () => unknown): number {
  const times = Array.from({ length: TRIES }, () => {
    const from = performance.now();
    work();
    return (performance.now() - from) * 1000;
  });
  return Math.round(Math.min(...times) * 10) / 10;
}

/** Events in which each field of the rule holds all that the rule wants of it; one field of each is 64 KB long. */
function eventsFor({ detection }: SigmaRule): object[] {
  const wanted = new Map<string, string[]>();
  for (const { field, tests } of itemsOf(detection)) {
    const name = field ?? 'message';
    wanted.set(name, [...(wanted.get(name) ?? []), ...tests.flatMap(textsOf)]);
  }
  const short = Object.fromEntries([...wanted].map(([name, texts]) => [name, texts[0] ?? 'x']));
  return [...wanted].map(([name, texts]) => {
    const text = texts.length > 0 ? `${texts.join(' ')} ` : 'x ';
    return { ...short, [name]: text.repeat(Math.ceil(HEAVY / text.length)).slice(0, HEAVY) };
  });
}

function itemsOf(expression: Expression): Item[] {
  if (expression.kind === 'item') return [expression];
  return expression.kind === 'not' ? itemsOf(expression.of) : expression.of.flatMap(itemsOf);
}

function textsOf(test: Test): string[] {
  if (test.op === 'any') return test.of.flatMap(textsOf);
  if (test.op === 'regex') return test.regex.needles ?? [];
  return test.op === 'text' ? [test.tokens.map((token) => ('text' in token ? token.text : 'x')).join('')] : [];
}
