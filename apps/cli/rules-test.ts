import { compileCatalogue, type Catalogue } from '#detection/catalogue.js';
import { rehearse } from '#detection/rehearsal.js';
import { parseFixtures, type Fixture } from '#sigma/fixture.js';
import { loadPipeline, OURS } from './pipelines.js';
import { printReport, type Format } from './report.js';
import { readFixtureFiles, readRuleFiles } from './rule-files.js';
import type { Finding } from './sarif.js';

export interface TestOptions {
  format: Format;
  pipeline?: string[];
}

/** Runs the cases of every NAME.fixtures.yml beside the rules, each over the whole set of rules. */
export async function testRules(place: string, { format, pipeline = [OURS] }: TestOptions): Promise<void> {
  const catalogue = compileCatalogue(await readRuleFiles(place), await loadPipeline(...pipeline));
  const mistakes = catalogue.errors.map((error): Finding => ({ kind: 'sigma/mistake', ...error }));
  const files = (await readFixtureFiles(place)).map(({ path: file, text }) => ({ file, ...parseFixtures(text, file) }));
  const unreadable = files.flatMap(({ errors }) =>
    errors.map((error): Finding => ({ kind: 'sigma/fixture', ...error })),
  );
  const cases = files.flatMap(({ file, fixtures }) => fixtures.map((fixture) => ({ file, fixture })));
  const failures = cases.flatMap(({ file, fixture }) => failureOf(catalogue, file, fixture) ?? []);
  const findings = [...mistakes, ...unreadable, ...failures];
  const errors = findings.map(({ file, line, message }) => ({ file, line, message }));
  const passed = cases.length - failures.length;
  const counts = { files: files.length, cases: cases.length, passed };
  const summary = `${files.length} files, ${passed} of ${cases.length} cases as expected`;
  printReport({ findings, json: { ...counts, ok: findings.length === 0, errors }, summary }, format);
}

function failureOf(catalogue: Catalogue, file: string, fixture: Fixture): Finding | undefined {
  const named = new Map([...catalogue.documents.values()].map(({ id, name }) => [name ?? id, id]));
  const names = new Map([...named].map(([name, id]) => [id, name]));
  const listed = (ids: string[]): string =>
    ids
      .map((id) => names.get(id) ?? id)
      .toSorted()
      .join(', ') || 'none';
  const expected = listed(fixture.alerts.map((name) => named.get(name) ?? name));
  const raised = listed(rehearse(catalogue, fixture));
  if (raised === expected) return undefined;
  const message = `"${fixture.name}" raises ${raised}; expected ${expected}`;
  return { kind: 'sigma/case', file, line: fixture.line, message };
}
