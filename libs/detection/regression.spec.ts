import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { normalise } from '#formats/normalise.js';
import { compileRuleset, type Ruleset } from '#engine/ruleset.js';
import { parseSigma } from '#sigma/parse.js';
import { shippedPipelines } from '#test/support/pipelines.js';

const folder = 'test/fixtures/sigma';
const ids = globSync(`${folder}/sigmahq/*/rule.yml`).map((file) => path.basename(path.dirname(file)));
const fileOf = (id: string, name: string) => `${folder}/sigmahq/${id}/${name}`;
const lines = (file: string) => readFileSync(file, 'utf8').trim().split('\n');
const parsed = ids.map((id) => parseSigma(readFileSync(fileOf(id, 'rule.yml'), 'utf8'), id));
const documents = parsed.flatMap((file) => file.documents);

/** What the oracle says otherwise than we do, and why we are right. */
const differences = [
  {
    pair: 'a7c3e5f2-8b1d-4e9a-b6c2-3d7f5e8a9b4c a7c3e5f2-8b1d-4e9a-b6c2-3d7f5e8a9b4c#1',
    ours: true,
    why: 'the rule\'s ThreatName is the event\'s "Threat Name", which the oracle does not know',
  },
];

type Verdict = { rule_id?: string; matches?: string[] };
const oracle = lines(`${folder}/oracle_matches.jsonl`).flatMap((line) => {
  const { rule_id: rule = '', matches = [] } = JSON.parse(line) as Verdict;
  return matches.map((match) => {
    const [, event = '', number = ''] = /regression\/([^/]+)\/[^#]+#(\d+)$/.exec(match) ?? [];
    return `${rule} ${event}#${number}`;
  });
});

function pairsOf(ruleset: Ruleset, shape: string): string[] {
  const withEvents = ids.filter((id) => existsSync(fileOf(id, `events.${shape}.ndjson`)));
  return withEvents.flatMap((id) =>
    lines(fileOf(id, `events.${shape}.ndjson`)).flatMap((line, at) =>
      ruleset.match(JSON.parse(line) as object).map((rule) => `${rule.id} ${id}#${at + 1}`),
    ),
  );
}

it.each(['winlogbeat', 'evtxdump'])(
  "SigmaHQ's rules match their own events in the shape of %s, and no others",
  async (shape) => {
    expect(parsed.flatMap(({ errors }) => errors)).toEqual([]);
    const pairs = pairsOf(compileRuleset(documents, await shippedPipelines(shape)), shape);
    expect(oracle).toHaveLength(100);
    const ours = differences.filter((one) => one.ours).map(({ pair }) => pair);
    const theirs = new Set(differences.filter((one) => !one.ours).map(({ pair }) => pair));
    expect(pairs.toSorted()).toEqual([...oracle.filter((pair) => !theirs.has(pair)), ...ours].toSorted());
    const own = new Set(
      pairs.map((pair) => pair.split(/[ #]/)).flatMap(([rule, event]) => (rule === event ? [rule] : [])),
    );
    expect(ids.filter((id) => !own.has(id))).toEqual(['ef0ff092-a24a-4fbc-beea-06c08d53e085']);
  },
);

it('the one with a raw line matches it by our own parser', async () => {
  const id = 'ef0ff092-a24a-4fbc-beea-06c08d53e085';
  const ruleset = compileRuleset(documents, await shippedPipelines('ot'));
  const [raw = ''] = lines(fileOf(id, 'events.raw.log'));
  const event = normalise({ raw, receivedAt: Date.UTC(2026, 1, 17, 14), timeZone: 'UTC' });
  expect(ruleset.match(event).map((rule) => rule.id)).toEqual([id]);
});
