import { expect } from 'vitest';
import { compileRuleset } from '#engine/ruleset.js';
import { parseSigma } from '#sigma/parse.js';
import type { Detection } from './rules.arbitrary.js';

type Read = ReturnType<typeof parseSigma>;
const known = new WeakMap<Detection, Map<string, Read>>();

/** Reading costs more than compiling, and properties compile one rule in many sets. */
function documentsOf(detection: Detection, id: string): Read {
  const byId = known.get(detection) ?? new Map<string, Read>();
  const text = JSON.stringify({ title: id, id, logsource: { product: 'any' }, detection });
  const read = byId.get(id) ?? parseSigma(text, `${id}.yml`);
  known.set(detection, byId.set(id, read));
  return read;
}

/** Whether the engine takes a modifier that not every version of it does. */
export function accepts(key: string, value: unknown): boolean {
  return documentsOf({ s: { [key]: value }, condition: 's' }, 'probe').errors.length === 0;
}

/** A rule set of these detections by id, as the engine makes it, as a function from an event to the ids that match. */
export function compile(
  detections: Iterable<readonly [id: string, detection: Detection]>,
): (event: object) => string[] {
  const documents = [...detections].flatMap(([id, detection]) => {
    const read = documentsOf(detection, id);
    if (read.errors.length > 0) expect(read.errors).toEqual([]);
    return read.documents;
  });
  const ruleset = compileRuleset(documents, null);
  expect(ruleset.errors).toEqual([]);
  return (event) => ruleset.match(event).map(({ id }) => id);
}
