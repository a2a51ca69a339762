import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFixtures } from '#sigma/fixture.js';
import { parseSigma } from '#sigma/parse.js';
import { shippedPipelines } from '#test/support/pipelines.js';
import { compileRuleset } from './ruleset.js';

const read = (file: string) => readFileSync(file, 'utf8');
const files = globSync('rules/*/*.yml', { exclude: ['rules/pipelines/**'] }).toSorted();
const ruleFiles = files.filter((file) => !file.endsWith('.fixtures.yml'));
const ours = ruleFiles.filter((file) => !file.startsWith('rules/sigmahq/'));
const routing = await shippedPipelines('ot');
const fixturesOf = (file: string) => parseFixtures(read(file), file);

describe('the shipped rules', () => {
  const parsed = ruleFiles.map((file) => parseSigma(read(file), file));
  const documents = parsed.flatMap((file) => file.documents);
  const ruleset = compileRuleset(documents, routing);

  it('have no mistakes', () => {
    expect([...parsed.flatMap((file) => file.errors), ...ruleset.errors]).toEqual([]);
  });

  it('have events to match', () => {
    expect(ruleset.unrouted.map(({ id }) => id)).toEqual([]);
  });

  it('say who wrote them, how grave a match is, and what it shows of ATT&CK', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const { id, author, level, tags, status, description } of documents) {
      expect(id).toMatch(uuid);
      expect([author, level, status, description]).not.toContain(undefined);
      expect(tags).toContainEqual(expect.stringMatching(/^attack\./));
    }
  });
});

describe.each(ours)('%s', (file) => {
  const fixtures = fixturesOf(file.replace(/\.yml$/, '.fixtures.yml'));
  const names = parseSigma(read(file), file).documents.flatMap(({ name = '', level }) =>
    level === 'informational' ? [] : name,
  );

  it('has fixtures that fire and that do not', () => {
    expect(fixtures.errors).toEqual([]);
    const firing = fixtures.fixtures.filter(({ alerts }) => alerts.some((name) => names.includes(name)));
    expect(firing.length).toBeGreaterThanOrEqual(2);
    expect(fixtures.fixtures.length - firing.length).toBeGreaterThanOrEqual(2);
    expect(firing.flatMap(({ alerts }) => alerts)).toEqual(expect.arrayContaining(names));
  });
});

describe('a fixture file', () => {
  it.each([
    ['cases: [{ name: a, alerts: [] }]', '1 cases.0: give lines or events'],
    ['cases: [{ name: a, lines: [x] }]', '1 cases.0.alerts'],
    ['cases: []', '1 cases'],
    ['tests: []', '1 cases'],
  ])('such as %s is refused', (text, expected) => {
    const { errors } = parseFixtures(text, 'x.fixtures.yml');
    expect(errors.map(({ line, message }) => `${line} ${message}`)[0]).toContain(expected);
  });
});
