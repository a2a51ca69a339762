import { describe, expect, it } from 'vitest';
import { link } from './link.js';
import { parseSigma } from './parse.js';

const rule = (id: string, more = '', search = '{ u: x }') =>
  `title: ${id}\nid: ${id}\nname: name-${id}\nlogsource: { product: p }\n${more}detection: { s: ${search}, condition: s }`;
const correlation = (id: string, rules: string, more = '') =>
  `title: ${id}\nid: ${id}\nname: name-${id}\n${more}correlation:\n  type: temporal\n  rules: ${rules}\n  timespan: 1m`;

function linked(...texts: string[]) {
  const { documents, errors: parsed } = parseSigma(texts.join('\n---\n'), 'f.yml');
  expect(parsed).toEqual([]);
  const { errors, ...rest } = link(documents);
  return { ...rest, errors: errors.map(({ message }) => message) };
}

describe('references between documents', () => {
  it('are resolved by id and by name, in any order, to any depth', () => {
    const { correlations, errors } = linked(
      correlation('outer', '[name-inner, c]'),
      correlation('inner', '[a, name-b]'),
      ...['a', 'b', 'c'].map((id) => rule(id)),
    );
    expect(errors).toEqual([]);
    expect([...correlations.keys()].toSorted()).toEqual(['inner', 'outer']);
    expect(correlations.get('outer')!.steps).toEqual([correlations.get('inner'), 'c']);
    expect(correlations.get('inner')!.steps).toEqual(['a', 'b']);
  });

  it('are resolved once: two that share a part have the same part', () => {
    const { correlations, errors } = linked(
      rule('a'),
      rule('b'),
      correlation('part', '[a, b]'),
      correlation('one', '[part, a]'),
      correlation('two', '[part, b]'),
    );
    expect(errors).toEqual([]);
    expect(correlations.get('one')!.steps[0]).toBe(correlations.get('part'));
    expect(correlations.get('two')!.steps[0]).toBe(correlations.get('part'));
  });

  it.each([
    ['what is nowhere', [correlation('k', '[a, z]')], ['the correlation names "z", which no rule has as id or name']],
    [
      'one rule under two names',
      [correlation('k', '[a, name-a]')],
      ['a rule is named twice, by id and by name; name it once'],
    ],
    [
      'what has an error itself',
      [correlation('k', '[a, z]'), correlation('outer', '[k, a]')],
      [
        'the correlation names "z", which no rule has as id or name',
        'the correlation names "k", which has an error itself',
      ],
    ],
    [
      'a circle',
      [correlation('k', '[a, l]'), correlation('l', '[a, k]')],
      [
        'the correlation refers to itself; break the circle',
        'the correlation names "k", which has an error itself',
        'the correlation names "l", which has an error itself',
      ],
    ],
    [
      'a rule whose lists are missing',
      [rule('x', '', "{ 'u|expand': ['%one%', '%two%'] }"), correlation('k', '[a, x]')],
      ['the rule needs the list "one", "two"; give its values', 'the correlation names "x", which has an error itself'],
    ],
  ])('to %s are told once, and what refers to it is left out', (_, texts, expected) => {
    const { correlations, errors } = linked(rule('a'), ...texts);
    expect(errors).toEqual(expected);
    expect(correlations.size).toBe(0);
  });

  it('are to whoever had the id or name first', () => {
    const { rules, errors } = linked(rule('a'), rule('b').replace('name-b', 'name-a'));
    expect(errors).toEqual(['"name-a" is already used in f.yml line 1; give it an id or name of its own']);
    expect([...rules.keys()]).toEqual(['a']);
  });
});

describe('what raises alerts of its own', () => {
  const alerting = (...texts: string[]) => {
    const { correlations, silent, errors } = linked(rule('a'), rule('b'), rule('c'), ...texts);
    expect(errors).toEqual([]);
    return {
      silent: [...silent].toSorted(),
      alerts: [...correlations.values()].flatMap(({ id, alerts }) => (alerts ? id : [])).toSorted(),
    };
  };

  it('is the outermost correlation, not what it counts', () => {
    expect(alerting(correlation('part', '[a, b]'), correlation('whole', '[part, c]'))).toEqual({
      silent: ['a', 'b', 'c', 'part'],
      alerts: ['whole'],
    });
  });

  it('are the parts as well where a correlation says generate', () => {
    const generating = `${correlation('whole', '[part, c]')}\n  generate: true`;
    expect(alerting(correlation('part', '[a, b]'), generating)).toEqual({
      silent: ['a', 'b'],
      alerts: ['part', 'whole'],
    });
  });

  it('is nothing that is only informational', () => {
    expect(alerting(correlation('k', '[a, b]', 'level: informational\n')).alerts).toEqual([]);
    expect(alerting(correlation('k', '[a, b]', 'level: low\n')).alerts).toEqual(['k']);
  });
});
