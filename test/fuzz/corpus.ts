import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { normalise } from '#formats/normalise.js';

/** When fuzzed lines are said to have come. */
export const RECEIVED = Date.parse('2026-11-23T10:00:00Z');
const ROOT = 'test/fixtures/ecs';
const LONGEST = 20_000;

/** Every line of the fixtures: of logs as they stand, of vectors what they put in. */
export function fixtureLines(): string[] {
  const entries = globSync('**/*.{log,ndjson,jsonl}', { cwd: ROOT, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  const lines = files.toSorted().flatMap((file) => {
    const texts = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return file.endsWith('.jsonl') ? texts.map((text) => (JSON.parse(text) as { input?: string }).input) : texts;
  });
  return [...new Set(lines)].filter((line) => line !== undefined && line.length < LONGEST) as string[];
}

/** The lines by the parser that reads them last, which has said what they mean. */
export function byParser(lines: readonly string[]): Map<string, string[]> {
  return Map.groupBy(
    lines,
    (raw) => normalise({ raw, receivedAt: RECEIVED, timeZone: 'UTC' }).plantwatch?.parser ?? 'none',
  );
}
