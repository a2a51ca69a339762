import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileRuleset, type Ruleset } from '#engine/ruleset.js';
import { parseSigma } from '#sigma/parse.js';
import { detectionHolds } from './interpreter.js';
import type { Detection } from './rules.arbitrary.js';

const folder = 'test/fixtures/sigma/rsigma';
const unpack = (name: string) => gunzipSync(readFileSync(`${folder}/${name}.gz`)).toString();
const linesOf = (corpus: string) => unpack(`${corpus}.ndjson`).trim().split('\n');
/** One document after the other: the whole is larger than a rule file may be. */
const ruleTexts = unpack('rules.yml').split('\n---\n');
const rsigma = JSON.parse(readFileSync(`${folder}/counts.json`, 'utf8')) as Record<string, Record<string, number>>;

const emptyArray = 'an array without values is null, as in Elasticsearch; rsigma wants null itself';
const slash = 'windash: a slash is one of the five dashes too (modifiers appendix); rsigma changes "-" only';
const base64Case = 'Base64 is a text like others, without case unless cased; rsigma compares it with case';
const dots =
  'a key may hold the dots below the top too (gcp: { audit.method_name: … }), as in Elasticsearch; rsigma at the top only';
const lineBreak = 'wildcards stand for any character, so for a line break too; rsigma stops there';

/** Where the engine counts otherwise than rsigma, and why it is right. */
const argued: Record<string, [count: number, reason: string]> = {
  '02b18447-ea83-4b1b-8805-714a8a34546a': [3, emptyArray],
  '0322d9f2-289a-47c2-b5e1-b63c90901a3e': [4, dots],
  '13f81a90-a69c-4fab-8f07-b5bb55416a9f': [5, dots],
  '18ee686c-38a3-4f65-9f44-48a077141f42': [1, emptyArray],
  '2632954e-db1c-49cb-9936-67d1ef1d17d2': [3, emptyArray],
  '2ea44a60-cfda-11ea-87d0-0242ac130003': [1, emptyArray],
  '39c9f26d-6e3b-4dbb-9c7a-4154b0281112': [3, emptyArray],
  '50919691-7302-437f-8e10-1fe088afa145': [12, emptyArray],
  '572b12d4-9062-11ed-a1eb-0242ac120002': [2, emptyArray],
  '6b67c12e-5e40-47c6-b3b0-1e6b571184cc': [3, dots],
  '6f4191bb-912b-48a8-9ce7-682769541e6d': [2, slash],
  '7773b877-5abb-4a3e-b9c9-fd0369b59b00': [3, slash],
  '83844185-1c5b-45bc-bcf3-b5bf3084ca5b': [3, base64Case],
  '8d91f6e4-9f3b-4c21-ae41-2c5b7d9f7a12': [1, lineBreak],
  '90d6bd71-dffb-4989-8d86-a827fedd6624': [2, emptyArray],
  'b655a06a-31c0-477a-95c2-3726b83d649d': [1, emptyArray],
  'bcfece3d-56fe-4545-9931-3b8e92927db1': [2, slash],
  'c09dad97-1c78-4f71-b127-7edb2b8e491a': [603, emptyArray],
  'c3a99af4-35a9-4668-879e-c09aeb4f2bdf': [41, emptyArray],
  'd2656e78-c069-4571-8220-9e0ab5913f19': [3, emptyArray],
  'd4ca7c59-e9e4-42d8-bf57-91a776efcb87': [4, emptyArray],
  'd7a95147-145f-4678-b85d-d1ff4a3bb3f6': [3, base64Case],
  'db1c21e4-cd66-4b4e-85ca-590f0780529c': [2, slash],
  'db809f10-56ce-4420-8c86-d6a7d793c79c': [2197, emptyArray],
  'e2feb918-4e77-4608-9697-990a1aaf74c3': [4, dots],
  'eafe6f2b-cfec-4612-aec2-49563c33a087': [4, dots],
  'eeb30123-9fbd-4ee8-aaa0-2e545bbed6dc': [2, emptyArray],
};

describe("1512 of SigmaHQ's rules, each tried on each event", () => {
  let ruleset: Ruleset;
  const countsOf = (corpus: string) => {
    const counts: Record<string, number> = {};
    for (const line of linesOf(corpus)) {
      for (const { id } of ruleset.match(JSON.parse(line) as object)) counts[id] = (counts[id] ?? 0) + 1;
    }
    return counts;
  };

  beforeAll(() => {
    const parsed = ruleTexts.map((text, at) => parseSigma(text, `${at}.yml`));
    expect(parsed.flatMap(({ errors }) => errors)).toEqual([]);
    ruleset = compileRuleset(
      parsed.flatMap(({ documents }) => documents),
      null,
    );
    expect(ruleset.errors).toEqual([]);
    expect(ruleset.rules.size).toBe(1512);
  }, 120_000);

  it('match real Windows, auditd and Zeek events as often as in rsigma', { timeout: 120_000 }, () => {
    expect(countsOf('real')).toEqual(rsigma.real);
  });

  it('match events made for them as often as in rsigma, but for what is argued', { timeout: 120_000 }, () => {
    const counts = countsOf('made');
    const ids = Object.keys({ ...counts, ...rsigma.made }).filter((id) => counts[id] !== rsigma.made![id]);
    const others = Object.fromEntries(ids.map((id) => [id, counts[id] ?? 0]));
    expect(others).toEqual(Object.fromEntries(Object.entries(argued).map(([id, [count]]) => [id, count])));
  });

  it('match as often as the interpreter says where rsigma counts otherwise', { timeout: 120_000 }, () => {
    const events = linesOf('made').map((line) => JSON.parse(line) as object);
    for (const text of ruleTexts) {
      const { id, detection } = parse(text) as { id: string; detection: Detection };
      const [count] = argued[id] ?? [];
      if (count === undefined) continue;
      expect([id, events.filter((event) => detectionHolds(detection, event)).length]).toEqual([id, count]);
    }
  });
});
