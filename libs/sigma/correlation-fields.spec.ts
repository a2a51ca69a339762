import { describe, expect, it } from 'vitest';
import { link } from './link.js';
import { parseSigma } from './parse.js';

const rule = (name: string) =>
  `title: ${name}\nid: ${name}\nname: ${name}_name\nlogsource: { product: p }\ndetection: { s: { a: x }, condition: s }`;
const correlation = (name: string, section: string) => `title: ${name}\nname: ${name}\ncorrelation: { ${section} }`;
const many = (more: string) =>
  correlation('many', `type: event_count, rules: [x], timespan: 1m, condition: { gte: 2 }, ${more}`);
const outer = (more: string) => correlation('outer', `type: temporal, rules: [many, y], timespan: 1m, ${more}`);

function linked(...correlations: string[]) {
  const { documents, errors } = parseSigma([rule('x'), rule('y'), ...correlations].join('\n---\n'), 'f.yml');
  expect(errors).toEqual([]);
  return link(documents);
}

const groups = (...correlations: string[]) => {
  const { correlations: found, errors } = linked(...correlations);
  expect(errors).toEqual([]);
  return Object.fromEntries(found.get('outer')!.groupFields);
};

describe('the fields of a chain', () => {
  it.each([
    ['are what both name', 'group-by: [u]', 'group-by: [u]', { x: ['u'], y: ['u'] }],
    ['may be more inside', 'group-by: [u, ip]', 'group-by: [u]', { x: ['u'], y: ['u'] }],
    ['may be none outside', 'group-by: [u, ip]', 'generate: false', {}],
    [
      'follow the aliases inside',
      'group-by: [user], aliases: { user: { x: u } }',
      'group-by: [user], aliases: { user: { y: v } }',
      { x: ['u'], y: ['v'] },
    ],
    [
      'follow an alias for the correlation inside',
      'group-by: [u]',
      'group-by: [user], aliases: { user: { many: u, y_name: v } }',
      { x: ['u'], y: ['v'] },
    ],
  ])('%s', (_, inner, outside, expected) => {
    expect(groups(many(inner), outer(outside))).toEqual(expected);
  });

  it.each([
    ['leave a field out inside', 'group-by: [ip]', 'group-by: [u]', '"many" does not group by "u"'],
    ['name a stranger', 'group-by: [u]', 'group-by: [u], aliases: { u: { z: v } }', 'an alias names "z"'],
  ])('are refused when they %s', (_, inner, outside, expected) => {
    const messages = linked(many(inner), outer(outside)).errors.map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining(expected)]);
  });

  it('are refused when a rule would be read in two ways', () => {
    const twice = correlation(
      'outer',
      'type: temporal, rules: [many, x], timespan: 1m, group-by: [user], aliases: { user: { many: u } }',
    );
    const [error] = linked(many('group-by: [u]'), twice).errors;
    expect(error?.message).toContain('"user" is both "u" and "user" for "x"');
  });

  it('are refused when a rule is named by its id and by its name', () => {
    const twice = correlation('outer', 'type: temporal, rules: [x, x_name], timespan: 1m');
    expect(linked(twice).errors[0]?.message).toContain('named twice, by id and by name');
  });
});

it('a value is read from the field that an alias names', () => {
  const summed = correlation(
    'outer',
    'type: value_sum, rules: [x, y], timespan: 1m, aliases: { sent: { x: out, y: in } }, condition: { field: sent, gt: 1 }',
  );
  expect(Object.fromEntries(linked(summed).correlations.get('outer')!.valueFields)).toEqual({ x: ['out'], y: ['in'] });
});
