import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from '#ecs/normalise.js';
import { parseFixtures, type Fixture } from '#sigma/fixture.js';
import { parseSigma } from '#sigma/parse.js';
import { replay, type Seen } from '#sigma/replay.js';
import { parseRouting } from '#sigma/routing.js';
import { compileRuleset } from '#sigma/ruleset.js';

const receivedAt = Date.UTC(2026, 2, 2, 12);
const read = (file: string) => readFileSync(file, 'utf8');
const files = globSync('rules/*/*.yml').toSorted();
const fixtureFiles = files.filter((file) => file.endsWith('.fixtures.yml'));
const ruleFiles = files.filter((file) => !fixtureFiles.includes(file));
const { routing } = parseRouting(read('rules/logsources.yml'));
const ruleset = compileRuleset(
  ruleFiles.flatMap((file) => parseSigma(read(file), file).documents),
  routing,
);

const nameOf = (id: string): string => {
  const document = ruleset.rules.get(id)?.rule ?? ruleset.correlations.get(id)?.document;
  return document?.name ?? id;
};
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function enrich(event: Record<string, unknown>, context: Record<string, unknown>): Record<string, unknown> {
  const added = Object.entries(context).map(([key, value]) => {
    const known = event[key];
    return [key, isObject(known) && isObject(value) ? enrich(known, value) : value];
  });
  return { ...event, ...Object.fromEntries(added) };
}

function history({ lines, context }: Fixture): Seen[] {
  return lines.map((raw, at) => {
    const event = normalise({ raw, receivedAt, timeZone: 'UTC' });
    const order = String(at).padStart(4, '0');
    const weight = event.plantwatch?.repeated;
    return { event: enrich({ ...event }, context), id: order, order, time: Date.parse(event['@timestamp']), weight };
  });
}

describe.each(fixtureFiles)('%s', (file) => {
  const { fixtures } = parseFixtures(read(file), file);
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    const raised = replay(ruleset, history(fixture)).map(({ id }) => nameOf(id));
    expect(raised.toSorted()).toEqual(fixture.alerts.toSorted());
  });
});
