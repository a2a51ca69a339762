import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileCatalogue } from '#detection/catalogue.js';
import { fixtureEvents, Rehearsal } from '#detection/rehearsal.js';
import { RuleCatalogueRepository } from '#detection/rule-catalogue.repository.js';
import { parseFixtures } from '#sigma/fixture.js';
import { loadPipelines } from '#pipelines/pipeline-set.js';

const stored = new RuleCatalogueRepository();
const { routing } = await loadPipelines(['ot'], (name) => stored.pipeline(name));
const catalogue = compileCatalogue(await stored.rules(), routing);
const fixtureFiles = globSync('rules/*/*.fixtures.yml').toSorted();

const answer = ({ alerts }: Rehearsal) =>
  alerts.map(({ id, rule, events }) => ({ id, rule, events: [...events].toSorted() })).toSorted(byId);
const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
const nameOf = (id: string) => catalogue.documents.get(id)?.name ?? id;

it('the server accepts the shipped rules', () => {
  expect(catalogue.errors).toEqual([]);
});

describe.each(fixtureFiles)('%s', (file) => {
  const { fixtures, errors } = parseFixtures(readFileSync(file, 'utf8'), file);

  it('can be read', () => {
    expect(errors).toEqual([]);
  });

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    const matches = fixtureEvents(fixture).map((event) => catalogue.matching.match(event));
    const atOnce = new Rehearsal(catalogue);
    atOnce.deliver(matches.flat());
    atOnce.settle();
    expect(atOnce.alerts.map(({ rule }) => nameOf(rule)).toSorted()).toEqual(fixture.alerts.toSorted());

    const oneByOne = new Rehearsal(catalogue);
    for (const some of matches) oneByOne.deliver(some);
    oneByOne.settle();
    expect(answer(oneByOne)).toEqual(answer(atOnce));

    const overtaking = new Rehearsal(catalogue);
    for (const some of matches) overtaking.prepare(some);
    for (const some of [...matches.toReversed(), ...matches]) overtaking.deliver(some);
    overtaking.settle();
    expect(answer(overtaking)).toEqual(answer(atOnce));
  });
});
