import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { correlationTypes } from './document.js';
import { parseSigma } from './parse.js';

const named = z.record(z.string(), z.unknown());
const schema = z
  .object({
    properties: z.looseObject({
      correlation: z.object({
        properties: z.looseObject({
          type: z.object({ oneOf: z.array(z.object({ const: z.string() })) }),
          condition: z.object({ anyOf: z.array(named) }),
        }),
      }),
    }),
  })
  .parse(
    JSON.parse(readFileSync('test/fixtures/sigma/spec_json_schema/sigma-correlation-rules-schema.json', 'utf8')),
  ).properties;
const { type, condition } = schema.correlation.properties;

const conditions: Record<string, string> = {
  event_count: '{ gte: 6 }',
  value_count: '{ field: f, gte: 6 }',
  value_sum: '{ field: f, gt: 6.5 }',
  value_avg: '{ field: f, gt: 6.5 }',
  value_percentile: '{ field: f, lte: 1 }',
};
const document = (kind: string, bounds = conditions[kind]) =>
  [
    'title: t\nid: 0e95725d-7320-415d-80f7-004da920fc11\nstatus: test\ndescription: d\nauthor: a\nreferences: [r]',
    'date: 2025-01-01\nmodified: 2025-01-02\ntaxonomy: sigma\nlevel: high\nfalsepositives: [fp]\ngenerate: true',
    `correlation:\n  type: ${kind}\n  rules: [aa, bb]\n  group-by: [u, v]\n  timespan: 5m`,
    '  aliases: { u: { aa: x, bb: y } }',
    ...(bounds === undefined ? [] : [`  condition: ${bounds}`]),
  ].join('\n');
const problems = (text: string) => parseSigma(text, 'f.yml').errors.map(({ message }) => message);

describe('the JSON schema of correlations', () => {
  it('has every attribute that these documents have', () => {
    const attributes = [...Object.keys(schema), ...Object.keys(schema.correlation.properties)];
    const text = document('value_count');
    expect(attributes.filter((name) => !new RegExp(`^ *${name}:`, 'm').test(text))).toEqual([]);
  });

  it.each(type.oneOf.map((one) => one.const))('has the type %s', (kind) => {
    expect(correlationTypes).toContain(kind);
    expect(problems(document(kind))).toEqual([]);
  });

  it.each(condition.anyOf.flatMap(Object.keys))('has %s in conditions', (name) => {
    expect(
      problems(document('value_count', name === 'field' ? conditions['value_count'] : `{ field: [f, g], ${name}: 3 }`)),
    ).toEqual([]);
  });

  it.each(Object.keys(conditions))('demands a condition of %s', (kind) => {
    const text = document(kind).replace(/ {2}condition: .*/, '');
    expect(problems(text)[0]).toMatch(/needs (a condition|condition\.field)/);
  });
});
