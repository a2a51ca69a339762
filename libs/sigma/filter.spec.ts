import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SigmaRule } from './document.js';
import { link } from './link.js';
import { parseSigma } from './parse.js';

const folder = 'test/fixtures/sigma/spec_examples/filter';
const source = 'logsource: { product: windows, category: process_creation }';
const ruleOf = (id: string, logsource = source) =>
  [`title: ${id}`, `id: ${id}`, `name: name-${id}`, logsource, 'detection: { s: { a: x }, condition: s }'].join('\n');
const filterOf = (rules: string, logsource = source, condition = 'not selection') =>
  ['title: f', logsource, 'filter:', `  rules: ${rules}`, '  selection: { u: adm }', `  condition: ${condition}`].join(
    '\n',
  );

function linked(...texts: string[]) {
  const { documents, errors } = parseSigma(texts.join('\n---\n'), 'f.yml');
  const result = link(documents);
  return { ...result, errors: [...errors, ...result.errors].map(({ line, message }) => `${line} ${message}`) };
}

const kindsOf = (rule: SigmaRule | undefined) =>
  rule?.detection.kind === 'and' && !rule.detection.name ? rule.detection.of.map(({ kind }) => kind) : 'unfiltered';

describe('a filter', () => {
  it.each(['filter_1.yml', 'filter_ecs.yml'])("is read from the specification's %s", (name) => {
    const { documents, errors } = parseSigma(readFileSync(`${folder}/${name}`, 'utf8'), name);
    expect(errors).toEqual([]);
    expect(documents).toMatchObject([{ kind: 'filter', rules: expect.arrayContaining([expect.any(String)]) }]);
  });

  it.each([
    ['[r1]', ['r1']],
    ['[name-r1]', ['r1']],
    ['r2', ['r2']],
    ['[r1, r2]', ['r1', 'r2']],
    ['any', ['r1', 'r2']],
  ])('with rules: %s is joined to them by and', (rules, expected) => {
    const { rules: found, errors } = linked(
      ruleOf('r1'),
      ruleOf('r2'),
      ruleOf('r3', 'logsource: { product: linux }'),
      filterOf(rules),
    );
    expect(errors).toEqual([]);
    for (const id of ['r1', 'r2', 'r3']) {
      expect(kindsOf(found.get(id))).toEqual(expected.includes(id) ? ['and', 'not'] : 'unfiltered');
    }
  });

  it('for any rule takes in more special log sources, and no more general ones', () => {
    const general = filterOf('any', 'logsource: { product: windows }');
    expect(kindsOf(linked(ruleOf('r1'), general).rules.get('r1'))).toEqual(['and', 'not']);
    const special = filterOf('any', 'logsource: { product: windows, service: security }');
    expect(kindsOf(linked(ruleOf('r1'), special).rules.get('r1'))).toBe('unfiltered');
  });

  it('does not turn its condition round', () => {
    expect(kindsOf(linked(ruleOf('r1'), filterOf('any', source, 'selection')).rules.get('r1'))).toEqual(['and', 'and']);
  });

  it('may be one of several', () => {
    const { rules } = linked(ruleOf('r1'), filterOf('any'), filterOf('[r1]'));
    expect(rules.get('r1')?.detection).toMatchObject({ of: [{ of: [{}, { kind: 'not' }] }, { kind: 'not' }] });
  });

  const correlation =
    'title: c\nid: c\ncorrelation: { type: event_count, rules: [r1], timespan: 1m, condition: { gte: 2 } }';

  it.each([
    ['an unknown rule', [filterOf('[r9]')], '7 the filter names "r9", which no rule has'],
    ['a correlation', [correlation, filterOf('[c]')], '11 the filter names "c", a correlation'],
    [
      'another log source',
      [filterOf('[r1]', 'logsource: { product: linux }')],
      '7 the filter names "r1", which has another log source',
    ],
    ['no rules', [filterOf('[]')], '10 '],
    ['a rule twice', [filterOf('[r1, r1]')], '10 a rule is named twice'],
    ['no log source', [filterOf('any', 'date: 2024-01-01')], '7 logsource: '],
    ['a list of conditions', [filterOf('any', source, '[selection]')], '12 the condition of a filter must be one text'],
    ['an unknown search', [filterOf('any', source, 'other')], '12 the condition names "other"'],
    ['a level', [`${filterOf('any')}\nlevel: low`], '13 level: a filter has no level'],
    ['a mistyped field', [`${filterOf('any')}\nautor: me`], '13 unknown field "autor"; write "author"'],
    [
      'a list that is missing',
      [filterOf('any').replace('u: adm', "u|expand: '%Admins%'")],
      '7 the filter needs the list "Admins"',
    ],
  ])('with %s is refused', (_, texts, expected) => {
    const { errors, rules } = linked(ruleOf('r1'), ...texts);
    expect(errors).toEqual([expect.stringContaining(expected)]);
    expect(kindsOf(rules.get('r1'))).toBe('unfiltered');
  });
});
