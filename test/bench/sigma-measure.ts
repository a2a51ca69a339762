import type { Ruleset } from '#engine/ruleset.js';
import type { SigmaDocument } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';

export function documentsOf(rules: string): SigmaDocument[] {
  return rules.split(/^---$/m).flatMap((text) => parseSigma(text, 'rules.yml').documents);
}

export function matchAll(ruleset: Ruleset, lines: readonly string[]): number {
  let matches = 0;
  for (const line of lines) matches += ruleset.match(JSON.parse(line) as object).length;
  return matches;
}

/** Microseconds of CPU that reading the JSON takes, an event. */
export function parseOnly(lines: readonly string[]): number {
  const from = process.cpuUsage();
  let events = 0;
  for (const line of lines) events += JSON.parse(line) ? 1 : 0;
  return spent(from) / events;
}

/** Microseconds of CPU since. */
export function spent(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return user + system;
}
