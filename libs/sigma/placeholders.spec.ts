import { describe, expect, it } from 'vitest';
import type { SigmaRule } from './document.js';
import type { Expression, Test } from './expression.js';
import { link } from './link.js';
import { parseSigma } from './parse.js';
import { expandPlaceholders, placeholdersOf, standardPlaceholders } from './placeholders.js';
import type { Token } from './wildcard.js';

function parse(search: string): SigmaRule {
  const text = `title: t\nid: i\nlogsource: { product: p }\ndetection: { s: ${search}, condition: s }`;
  const { documents, errors } = parseSigma(text, 'f.yml');
  expect(errors).toEqual([]);
  return documents[0] as SigmaRule;
}

const showToken = (token: Token) =>
  'text' in token ? token.text.replaceAll('*', '\\*') : 'wild' in token ? token.wild : `<${token.placeholder}>`;

function showTest(test: Test): string {
  if (test.op === 'any') return test.of.map(showTest).join('|');
  return test.op === 'text' ? test.tokens.map(showToken).join('') : test.op;
}

function show(expression: Expression): string {
  if (expression.kind === 'not') return `not ${show(expression.of)}`;
  if (expression.kind === 'item') return expression.tests.map(showTest).join(expression.every ? '&' : '|');
  return expression.of.map(show).join(' ');
}

const lists = new Map([
  ['Servers', ['srv*', 'db-1']],
  ['Users', ['ann', 'bob']],
  ['Empty', []],
]);

describe('a placeholder', () => {
  it.each([
    ['only with "expand"', "{ a: '%Servers%' }", '%Servers%'],
    ['as the whole value', "{ a|expand: '%Servers%' }", '<Servers>'],
    ['inside text', "{ a|expand: 'x%Users%y%Servers%z' }", 'x<Users>y<Servers>z'],
    ['not where the percent sign is escaped', "{ a|expand: '\\%plain%Users%' }", '%plain<Users>'],
    ['behind an escaped backslash', "{ a|expand: 'C:\\\\%Users%' }", 'C:\\<Users>'],
    ['not where only one percent sign is', "{ a|expand: '%Users% 50%' }", '<Users> 50%'],
    ['between wildcards', "{ a|expand: '*%Users%?' }", '*<Users>?'],
    ['with contains after it', "{ a|expand|contains: '%Users%' }", '*<Users>*'],
    ['with contains before it', "{ a|contains|expand: '%Users%' }", '*<Users>*'],
    ['with endswith', "{ a|endswith|expand: '\\\\%Users%' }", '*\\<Users>'],
    ['with all', "{ a|contains|all|expand: ['%Users%', x] }", '*<Users>*&*x*'],
    ['with neq', "{ a|expand|neq: '%Users%' }", 'not <Users>'],
    ['among keywords', "{ '|expand': ['%Users%'] }", '*<Users>*'],
    [
      'with windash before it',
      "{ a|windash|expand: '-u %Users%' }",
      '-u <Users>|/u <Users>|–u <Users>|—u <Users>|―u <Users>',
    ],
  ])('is read %s', (_, search, expected) => {
    expect(show(parse(search).detection)).toBe(expected);
  });

  it.each([
    ["{ a|expand: '%Servers%' }", 'srv*|db-1'],
    ["{ a|expand: 'x%Users%y' }", 'xanny|xboby'],
    ["{ a|expand: '%Users%@%Servers%' }", 'ann@srv*|ann@db-1|bob@srv*|bob@db-1'],
    ["{ a|contains|expand: '%Servers%' }", '*srv*|*db-1*'],
    ["{ a|contains|all|expand: ['%Users%', x] }", '*ann*|*bob*&*x*'],
    ["{ a|expand: ['%Empty%', x] }", '|x'],
    ["{ a|expand|neq: '%Users%' }", 'not ann|bob'],
  ])('gives way to values: %s', (search, expected) => {
    const { rule, missing } = expandPlaceholders(parse(search), lists);
    expect(show(rule.detection)).toBe(expected);
    expect(missing).toEqual([]);
    expect(link([rule]).errors).toEqual([]);
  });

  it('without a list stays, and the rule is refused when it is linked', () => {
    const { rule, missing } = expandPlaceholders(parse("{ a|expand: '%Users%@%Sites%' }"), lists);
    expect(missing).toEqual(['Sites']);
    expect([...placeholdersOf(rule.detection)]).toEqual(['Sites']);
    const { rules, errors } = link([rule]);
    expect(rules.size).toBe(0);
    expect(errors).toEqual([{ file: 'f.yml', line: 1, message: 'the rule needs the list "Sites"; give its values' }]);
  });

  it('with a name like a property of objects needs its list too', () => {
    expect(expandPlaceholders(parse("{ a|expand: '%constructor%' }"), new Map()).missing).toEqual(['constructor']);
  });

  it('leaves a rule without placeholders as it is', () => {
    const rule = parse('{ a: x }');
    expect(expandPlaceholders(rule, lists).rule).toBe(rule);
  });

  it('is refused when the lists multiply without end', () => {
    const long = new Map([['L', Array.from({ length: 2_000 }, (_, at) => `v${at}`)]]);
    expect(() => expandPlaceholders(parse("{ a|expand: '%L%%L%' }"), long)).toThrow('more than 1000000 values');
  });

  it('has standard names', () => {
    expect(standardPlaceholders).toEqual([
      'Administrators',
      'JumpServers',
      'Workstations',
      'Servers',
      'DomainControllers',
    ]);
  });
});
