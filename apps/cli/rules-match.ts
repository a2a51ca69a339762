import { createReadStream } from 'node:fs';
import { describeErrors, unroutedErrors } from '#detection/catalogue.js';
import { parseSigma } from '#sigma/parse.js';
import { compileRuleset } from '#engine/ruleset.js';
import { linesOf } from './lines.js';
import { Output } from './output.js';
import { loadPipeline } from './pipelines.js';
import { readRuleFiles } from './rule-files.js';

export interface MatchOptions {
  rules: string;
  events: string;
  pipeline?: string[];
}

/** Tries every rule on every event; what cannot be used is said on standard error and left out. */
export async function matchRules({ rules: place, events, pipeline = [] }: MatchOptions): Promise<void> {
  const parsed = (await readRuleFiles(place)).map(({ path, text }) => parseSigma(text, path));
  const documents = parsed.flatMap((file) => file.documents);
  const routing = await loadPipeline(...pipeline);
  const rules = compileRuleset(documents, routing);
  const unrouted = routing ? unroutedErrors(rules, routing) : [];
  const errors = [...parsed.flatMap((file) => file.errors), ...rules.errors, ...unrouted];
  if (errors.length > 0) console.error(describeErrors(errors));
  const output = new Output();
  let line = 0;
  for await (const bytes of linesOf(createReadStream(events, { highWaterMark: 1 << 20 }))) {
    line++;
    const event = readEvent(bytes, line);
    if (!event) continue;
    for (const { id } of rules.match(event)) await output.write(JSON.stringify({ rule: id, line }));
  }
  await output.end();
}

function readEvent(bytes: Buffer, line: number): object | undefined {
  const text = bytes.toString();
  if (text.trim() === '') return undefined;
  const event = parseJson(text);
  if (typeof event === 'object' && event !== null) return event;
  console.error(`line ${line}: not a JSON object; left out`);
  process.exitCode = 1;
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
