import { describe, expect, it } from 'vitest';
import { link } from '#sigma/link.js';
import { parseSigma } from '#sigma/parse.js';
import { parsePipeline } from './pipeline.js';
import { routeCorrelations } from './route-correlations.js';
import { joinPipelines } from './routing.js';

const { pipeline, errors } = parsePipeline(
  `transformations:
  - type: field_name_mapping
    rule_conditions: [{ type: logsource, product: windows }]
    mapping: { User: winlog.user, Host: [a.host, b.host], Ip: source.ip }
  - type: field_name_mapping
    rule_conditions: [{ type: logsource, product: linux }]
    mapping: { user: user.name, Ip: source.address }
  - type: field_name_prefix
    rule_conditions: [{ type: is_sigma_rule }]
    prefix: only.rules.
`,
  'p.yml',
);

const rules = `title: w
name: w
logsource: { product: windows }
detection: { s: { a: x }, condition: s }
---
title: l
name: l
logsource: { product: linux }
detection: { s: { a: x }, condition: s }
---
`;

function routed(section: string) {
  const { documents } = parseSigma(`${rules}title: c\nname: c\ncorrelation: { timespan: 1m, ${section} }\n`, 'c.yml');
  const found = routeCorrelations(link(documents), joinPipelines([pipeline!]));
  const correlation = found.correlations.get('c');
  return {
    groups: correlation && Object.fromEntries(correlation.groupFields),
    counted: correlation && Object.fromEntries(correlation.valueFields),
    errors: found.errors.map(({ line, message }) => `${line}: ${message}`),
  };
}

const both = 'type: temporal, rules: [w, l]';

describe('the fields of a correlation', () => {
  it('get the names that each rule of it has in its own log source', () => {
    expect(errors).toEqual([]);
    expect(routed(`${both}, group-by: [who, Ip], aliases: { who: { w: User, l: user } }`)).toEqual({
      groups: { w: ['winlog.user', 'source.ip'], l: ['user.name', 'source.address'] },
      counted: {},
      errors: [],
    });
  });

  it('that are counted too', () => {
    const count = 'type: value_count, rules: [w], group-by: [source.ip], condition: { gte: 3, field: User }';
    expect(routed(count)).toEqual({ groups: { w: ['source.ip'] }, counted: { w: ['winlog.user'] }, errors: [] });
  });

  it.each([[`${both}, group-by: [Host]`, 'several names in the events (a.host, b.host)']])(
    '%s is refused',
    (section, message) => {
      const { groups, errors: found } = routed(section);
      expect(groups).toBeUndefined();
      expect(found).toEqual([expect.stringContaining(message)]);
      expect(found[0]).toMatch(/^11: /);
    },
  );
});
