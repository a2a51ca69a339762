import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { baseRules } from '#engine/correlation.js';
import { explain } from '#engine/explain.js';
import { explanationText } from '#engine/explain-text.js';
import { loadRules, type RulesOptions } from './load-rules.js';

export interface ExplainOptions extends RulesOptions {
  /** File with one JSON event; `-` is standard input. */
  event: string;
  /** Id or name of the one rule to explain, of several. */
  rule?: string;
  format: 'text' | 'json';
}

/** Prints for each rule what of it the event matches and what not. */
export async function explainRules(options: ExplainOptions): Promise<void> {
  const { ruleset, routing } = await loadRules(options);
  const { rules, correlations } = ruleset;
  const event = await readEvent(options.event);
  const wanted = [...rules.values()]
    .map(({ rule }) => rule)
    .filter(({ id, name }) => options.rule === undefined || options.rule === id || options.rule === name);
  const correlation = [...correlations.values()].find(
    ({ id, document }) => options.rule === id || options.rule === document.name,
  );
  if (correlation) {
    throw new Error(`--rule: ${options.rule} joins events; explain one event by ${baseRules(correlation).join(', ')}`);
  }
  if (wanted.length === 0) throw new Error(`${options.rules}: there is no rule ${options.rule ?? 'to explain'}`);
  for (const rule of wanted) {
    const explanation = explain(rule, event, routing);
    console.log(options.format === 'json' ? JSON.stringify(explanation) : explanationText(explanation));
  }
}

async function readEvent(file: string): Promise<object> {
  const json = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  const event = parseJson(json);
  if (typeof event === 'object' && event !== null && !Array.isArray(event)) return event;
  throw new Error(`--event: ${file === '-' ? 'standard input' : file} is not one JSON object`);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
