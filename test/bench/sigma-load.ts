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

/**
 * Microseconds of single rules over events with one field of 64 KB: command lines as they are (`usual`), and the rule's
 * own texts again and again (`own`), which is the worst that an attacker who knows the rule can do.
 */
export function heavyRules(documents: readonly SigmaDocument[], usual: string): object {
  const rules = documents.filter((document): document is SigmaRule => document.kind === 'rule');
  const own = rules.map((rule) => ({ id: rule.id, microseconds: slowest(rule, (texts) => texts.join(' ')) }));
  const others = rules.map((rule) => ({ id: rule.id, microseconds: slowest(rule, () => usual) }));
  const together = { rules: rules.length, microseconds: slowestTogether(rules, usual) };
  return { usual: summary(others), own: summary(own), together };
}

/** All rules over one event with a command line of 64 KB: what is looked for is looked for once. */
function slowestTogether(rules: readonly SigmaRule[], usual: string): number {
  const ruleset = compileRuleset(rules);
  const program = 'C:\\Windows\\System32\\cmd.exe';
  const event = asReceived({ EventID: 1, Image: program, CommandLine: usual.slice(0, HEAVY) });
  for (let round = 0; round < TRIES; round++) ruleset.match(event);
  return timed(() => ruleset.match(event));
}

function summary(figures: readonly { id: string; microseconds: number }[]): object {
  const sorted = figures.toSorted((a, b) => b.microseconds - a.microseconds);
  const over = sorted.filter(({ microseconds }) => microseconds > BAR).length;
  return { over50: over, median: sorted[sorted.length >> 1]!.microseconds, worst: sorted.slice(0, 5) };
}

function slowest(rule: SigmaRule, textOf: (wanted: readonly string[]) => string): number {
  const ruleset = compileRuleset([rule]);
  return Math.max(...eventsFor(rule, textOf).map((event) => timed(() => ruleset.match(event))));
}

function timed(work: () => unknown): number {
  const times = Array.from({ length: TRIES }, () => {
    const from = performance.now();
    work();
    return (performance.now() - from) * 1000;
  });
  return Math.round(Math.min(...times) * 10) / 10;
}

/** Events in which each field of the rule has what the rule wants of it; one field of each is 64 KB long. */
function eventsFor({ detection }: SigmaRule, textOf: (wanted: readonly string[]) => string): object[] {
  const wanted = new Map<string, string[]>();
  for (const { field, tests } of itemsOf(detection)) {
    const name = field ?? 'message';
    wanted.set(name, [...(wanted.get(name) ?? []), ...tests.flatMap(textsOf)]);
  }
  const short = Object.fromEntries([...wanted].map(([name, texts]) => [name, texts[0] ?? 'x']));
  return [...wanted].map(([name, texts]) => {
    const text = `${textOf(texts)} `;
    return asReceived({ ...short, [name]: text.repeat(Math.ceil(HEAVY / text.length)).slice(0, HEAVY) });
  });
}

/** Texts as they are after JSON was read: whole, and of one byte a character where that is enough. */
function asReceived(event: object): object {
  return JSON.parse(JSON.stringify(event)) as object;
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
